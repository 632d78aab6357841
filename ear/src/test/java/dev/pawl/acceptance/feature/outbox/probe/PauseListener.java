package dev.pawl.acceptance.feature.outbox.probe;

import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.api.RunEventInfo;
import dev.pawl.api.RunListener;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Notes every pause and resumption, and fails with the flows a test names until their gate is opened. */
@ApplicationScoped
public class PauseListener implements RunListener {

    @Override
    public Set<String> eventTypes() {
        return Set.of("workflow:paused", "workflow:resumed");
    }

    @Override
    public void onEvent(RunEventInfo event) {
        String flow = event.correlationId();
        Gates.note(flow + " heard " + event.type() + " " + event.sequence() + " attempt " + event.attempt());
        if (Gates.isOpen("listener-fails-" + flow) && !Gates.isOpen("listener-works-" + flow)) {
            throw new IllegalStateException("the listener fails with " + flow);
        }
    }
}
