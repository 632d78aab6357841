package dev.pawl.testkit;

import dev.pawl.api.StepContext;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StepStatus;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Watches that no step runs again once it has ended, and under which idempotency keys steps ran. */
final class WatchedSteps {

    private static final Set<StepStatus> ENDED = Set.of(StepStatus.COMPLETED, StepStatus.FAILED);

    private final Map<String, Set<String>> keys = new TreeMap<>();

    /** The code of a step is about to be called. */
    void begins(TestEngine engine, RunId run, StepContext step) {
        String place = run + "/" + step.stepId();
        boolean hasEnded = engine.steps(run).stream()
                .anyMatch(known -> known.id().equals(step.stepId()) && ENDED.contains(known.status()));
        if (hasEnded) {
            throw new AssertionError("Step " + place + " runs again, though its end is recorded");
        }
        keys.computeIfAbsent(place, ignored -> new TreeSet<>()).add(step.idempotencyKey());
    }

    /** By run and step; several where a run continued as new. */
    Map<String, Set<String>> keys() {
        return keys;
    }
}
