package dev.pawl.engine.work;

import dev.pawl.engine.model.RunId;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The steps whose user code runs in this process, and the ways to stop them. */
public final class RunningSteps {

    static final String SHUT_DOWN = "the server is going down";
    private static final String TIMED_OUT = "the step ran longer than its timeout";

    private final Set<RunningStep> steps = ConcurrentHashMap.newKeySet();
    private volatile boolean goingDown;

    void add(RunningStep step) {
        steps.add(step);
    }

    void remove(RunningStep step) {
        steps.remove(step);
    }

    /** Oldest first. */
    List<RunningStep> all() {
        return steps.stream().sorted(Comparator.comparing(RunningStep::since)).toList();
    }

    public int count() {
        return steps.size();
    }

    /** The run has ended: results of its steps are not wanted any more. */
    public void stopRun(RunId run) {
        steps.stream()
                .filter(step -> step.assignment().run().id().equals(run))
                .forEach(step -> step.stop("run " + run + " has ended"));
    }

    void stopForTimeout(RunningStep step) {
        step.stop(TIMED_OUT);
    }

    /** Whether user code is interrupted because the server goes down. */
    boolean isGoingDown() {
        return goingDown;
    }

    void stopForShutDown() {
        goingDown = true;
        steps.forEach(step -> step.stop(SHUT_DOWN));
    }

    /** What user code threw, or, where it was stopped for its timeout, that. */
    Throwable causeOf(RunningStep step, Throwable thrown) {
        return step.stopReason().filter(TIMED_OUT::equals).isPresent()
                ? new StepTimeoutException(step, thrown)
                : thrown;
    }

    /** A step was interrupted because its time was up; its retry policy applies. */
    static final class StepTimeoutException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StepTimeoutException(RunningStep step, Throwable thrown) {
            super("Step " + step.assignment().key() + " was stopped because it ran longer than its timeout", thrown);
        }
    }
}
