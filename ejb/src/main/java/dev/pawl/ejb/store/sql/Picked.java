package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.StepKind;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.model.StepStatus;
import java.time.Instant;
import java.util.function.Predicate;

/** Why a run was picked. Asked again of runs that changed between being found and being locked. */
final class Picked {

    private Picked() {}

    static Predicate<Run> forDue(Instant now) {
        return run ->
                isActive(run) && !run.state().paused() && run.steps().stream().anyMatch(step -> step.isDue(now));
    }

    static Predicate<Run> forExpired(Instant now) {
        return run -> isActive(run)
                && run.steps().stream()
                        .anyMatch(step ->
                                step.lease() != null && step.lease().until().isBefore(now));
    }

    static Predicate<Run> forLeftBehind(String node, String currentOwner) {
        return run -> isActive(run)
                && run.steps().stream()
                        .anyMatch(step -> step.lease() != null
                                && step.lease().owner().startsWith(node + "#")
                                && !step.lease().owner().equals(currentOwner));
    }

    /** Nothing will ever happen in the run by itself: no step is due or held, and no code waits for an event. */
    static boolean isStuck(Run run) {
        return isActive(run)
                && run.steps().stream()
                        .noneMatch(step -> step.dueAt() != null
                                || step.lease() != null
                                || step.kind() != StepKind.STAGE && step.status() == StepStatus.SUSPENDED);
    }

    static boolean isParked(Run run) {
        return isActive(run) && run.steps().stream().anyMatch(StepState::isParked);
    }

    private static boolean isActive(Run run) {
        return run.status().isActive();
    }
}
