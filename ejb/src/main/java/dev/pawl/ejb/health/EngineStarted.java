package dev.pawl.ejb.health;

import dev.pawl.ejb.timer.EngineLife;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/** Up once the schema is there and the timers run. */
@Startup
@ApplicationScoped
public class EngineStarted implements HealthCheck {

    @EJB
    private EngineLife life;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("engine").status(life.isStarted()).build();
    }
}
