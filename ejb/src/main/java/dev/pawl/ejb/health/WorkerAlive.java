package dev.pawl.ejb.health;

import dev.pawl.engine.work.StepWorker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Up while the process can answer; tells how many steps it executes. */
@Liveness
@ApplicationScoped
public class WorkerAlive implements HealthCheck {

    @Inject
    private StepWorker worker;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("worker")
                .up()
                .withData("node", worker.id().node())
                .withData("running", worker.running().count())
                .build();
    }
}
