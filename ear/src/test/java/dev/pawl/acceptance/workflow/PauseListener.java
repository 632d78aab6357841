package dev.pawl.acceptance.workflow;

import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.api.RunEventInfo;
import dev.pawl.api.RunListener;
import java.util.Set;

/** Hears of pauses; stands at a gate named after the run, so that a test can kill the server during the call. */
public class PauseListener implements RunListener {

    @Override
    public Set<String> eventTypes() {
        return Set.of("workflow:paused");
    }

    @Override
    public void onEvent(RunEventInfo event) throws Exception {
        Gates.await("hear-" + event.runId());
        Gates.note(event.runId() + " heard at attempt " + event.attempt());
    }
}
