package dev.pawl.api.local;

import org.jspecify.annotations.Nullable;

/**
 * What became of a step that was to be executed now.
 *
 * @param output of a completed step, as plain values: maps, lists, texts, numbers
 * @param error of a failed attempt, or why a result was discarded
 */
public record JobResult(
        String runId,
        String stageId,
        Answer answer,
        @Nullable Object output,
        RunSnapshot.@Nullable Error error) {

    public enum Answer {
        /** It is complete, now or since before: a completed step never runs again. */
        COMPLETED,
        /** It waits for work done elsewhere, and is polled when it is due. */
        SUSPENDED,
        /** The attempt failed, and another one follows. */
        RETRYING,
        /** The last attempt failed, and the run with it. */
        FAILED,
        /** The server goes down: user code was not run to its end, and the attempt does not count. */
        HANDED_BACK,
        /** It was executed and nothing could be recorded: its lease runs out. */
        UNREPORTED,
        /** The run wants no work done: nothing was executed, or its result was dropped. */
        DISCARDED,
        /** A worker has it, until it reports or its lease runs out. */
        HELD,
        /** It is not open, not due yet, its run is paused, or this server is busy. */
        NOT_AVAILABLE
    }
}
