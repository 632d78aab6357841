package dev.pawl.api;

import dev.pawl.api.ai.Ai;
import java.util.Map;
import java.util.Optional;

/** What a running stage may ask of its run, and tell it. Valid only while the stage executes. */
public interface StageContext {

    RunInfo run();

    String stageId();

    /** Counted from 1. */
    int attempt();

    /** The same for every attempt of this stage in this run: what to hand to systems that drop duplicates. */
    String idempotencyKey();

    /** This stage's settings: its defaults with the run's {@code config} laid over them. */
    <T> T config(Class<T> type);

    /**
     * The output of an earlier stage.
     *
     * @throws NonRetryableException with code {@code STAGE_OUTPUT_MISSING}, naming the stages that have one
     */
    <T> T require(String stageId, Class<T> type);

    /** The output of an earlier stage, empty when it has none; {@code 0}, {@code ""} and {@code false} are outputs. */
    <T> Optional<T> optional(String stageId, Class<T> type);

    StageLog log();

    /**
     * Tells how far the stage is; the latest value becomes visible within about a second.
     *
     * @param progress 0 to 1
     */
    void progress(double progress, String message, Map<String, ?> details);

    /** Tells how far the stage is as step {@code step} of {@code total}. */
    void progress(int step, int total);

    /** Keeps a figure with the stage; the last value under a name counts. */
    void metric(String name, double value);

    /** Adds to what the run has cost, in the currency the operator chose, and to the tokens it has used. */
    void usage(double cost, long tokens);

    /** The way to the models of artificial intelligence that the operator configured. */
    Ai ai();

    /** What is kept with the run beside its outputs: files, pictures, texts of any size. */
    Artifacts artifacts();

    /**
     * Notes facts on this stage or on the run. They are written with the outcome of the attempt, whether it completed,
     * failed or suspended, in the same transaction; those of an attempt that never reports, or reports too late, are not.
     *
     * @throws IllegalArgumentException when a name or value cannot be kept; then none of these is
     */
    void annotate(Annotation... annotations);

    /** Notes one fact on this stage: any value that Jackson writes. */
    default void annotate(String name, Object value) {
        annotate(Annotation.of(name, value));
    }

    /** True once this run is cancelled or the worker has lost its lease; the thread is interrupted as well. */
    boolean isCancelled();

    /** Leaves user code by an exception when {@link #isCancelled()}. */
    default void throwIfCancelled() {
        if (isCancelled()) {
            throw new RunCancelledException(run().id());
        }
    }
}
