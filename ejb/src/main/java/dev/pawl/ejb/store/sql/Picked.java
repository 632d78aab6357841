package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepStatus;
import java.time.Instant;
import java.util.function.Predicate;

/** Why a run was picked. Asked again of runs that changed between being found and being locked. */
final class Picked {

    private Picked() {}

    static Predicate<Run> forDue(Instant now) {
        return run -> isRunning(run)
                && !run.state().paused()
                && run.steps().stream()
                        .anyMatch(step -> step.status() == StepStatus.PENDING
                                && step.dueAt() != null
                                && !step.dueAt().isAfter(now));
    }

    static Predicate<Run> forExpired(Instant now) {
        return run -> isRunning(run)
                && run.steps().stream()
                        .anyMatch(step ->
                                step.lease() != null && step.lease().until().isBefore(now));
    }

    static Predicate<Run> forLeftBehind(String node, String currentOwner) {
        return run -> isRunning(run)
                && run.steps().stream()
                        .anyMatch(step -> step.lease() != null
                                && step.lease().owner().startsWith(node + "#")
                                && !step.lease().owner().equals(currentOwner));
    }

    private static boolean isRunning(Run run) {
        return run.status() == RunStatus.RUNNING;
    }
}
