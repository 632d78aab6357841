package dev.pawl.ejb.health;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up while the broker lets this server look at the command queue. */
@Readiness
@ApplicationScoped
public class BrokerReady implements HealthCheck {

    @Resource(lookup = "jms/pawl")
    private ConnectionFactory broker;

    @Resource(lookup = "jms/commands")
    private Queue commands;

    @Override
    public HealthCheckResponse call() {
        try (JMSContext context = broker.createContext();
                QueueBrowser browser = context.createBrowser(commands)) {
            browser.getEnumeration();
            return HealthCheckResponse.named("broker").up().build();
        } catch (JMSRuntimeException | JMSException e) {
            return HealthCheckResponse.named("broker")
                    .down()
                    .withData("reason", String.valueOf(e.getMessage()))
                    .build();
        }
    }
}
