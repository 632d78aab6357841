package dev.pawl.api;

import dev.pawl.api.ai.Ai;
import java.util.Map;

/** What the code of a step may ask of its run, and tell it. Valid only while the step runs. */
public interface StepContext {

    RunInfo run();

    /** The step in its run: branch, name and occurrence, {@code charge#1} for instance. */
    String stepId();

    /** Counted from 1. */
    int attempt();

    /** The same for every attempt of this step in this run: what to hand to systems that drop duplicates. */
    String idempotencyKey();

    StageLog log();

    /**
     * Tells how far the run is; the latest value becomes visible within about a second.
     *
     * @param progress 0 to 1
     */
    void progress(double progress, String message, Map<String, ?> details);

    /** Adds to what the run has cost, in the currency the operator chose, and to the tokens it has used. */
    void usage(double cost, long tokens);

    /** The way to the models of artificial intelligence that the operator configured. */
    Ai ai();

    /** True once the run is cancelled, the step's time is up or the worker has lost the run; the thread is interrupted too. */
    boolean isCancelled();

    /** Leaves the step by an exception when {@link #isCancelled()}. */
    default void throwIfCancelled() {
        if (isCancelled()) {
            throw new RunCancelledException(run().id());
        }
    }
}
