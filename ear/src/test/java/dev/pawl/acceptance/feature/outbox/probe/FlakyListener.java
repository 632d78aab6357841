package dev.pawl.acceptance.feature.outbox.probe;

import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.api.RunEventInfo;
import dev.pawl.api.RunListener;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import java.io.IOException;
import java.util.Set;

/** Sends a message for every cancellation of a booked flow, and then fails, twice; the third time it does not. */
@ApplicationScoped
public class FlakyListener implements RunListener {

    /** Queue of what was booked. */
    public static final String BOOKED = "listener.booked";

    @Resource(lookup = "jms/pawl")
    private ConnectionFactory broker;

    @Override
    public Set<String> eventTypes() {
        return Set.of("*:cancelled");
    }

    @Override
    public boolean transactional() {
        return true;
    }

    @Override
    public void onEvent(RunEventInfo event) throws IOException {
        if (!event.correlationId().startsWith("booked-")) {
            return;
        }
        Gates.note(event.correlationId() + " booking attempt " + event.attempt());
        try (JMSContext context = broker.createContext()) {
            context.createProducer().send(context.createQueue(BOOKED), event.id());
        }
        if (event.attempt() < 3) {
            throw new IOException("not yet");
        }
    }
}
