package dev.pawl.engine.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StepKey;
import org.jspecify.annotations.Nullable;

/**
 * What became of a step that was to be executed now.
 *
 * @param output of a completed step, now or before
 * @param error of a failed attempt, or why a result was discarded
 */
public record JobOutcome(
        RunId runId,
        String stageId,
        Answer answer,
        @Nullable JsonNode output,
        @Nullable Failure error) {

    /**
     * The same, unless a worker has the step: to whoever asked under an idempotency key, that worker's lease says that the
     * command is in progress.
     *
     * @throws RefusedException with IDEMPOTENCY_IN_PROGRESS
     */
    public JobOutcome requireFree() {
        if (answer == Answer.HELD) {
            throw new RefusedException(Refusal.of(
                    RefusalCode.IDEMPOTENCY_IN_PROGRESS,
                    "A worker executes stage '" + stageId + "' of run " + runId
                            + " until it reports or its lease runs out"));
        }
        return this;
    }

    static JobOutcome of(StepKey step, Answer answer) {
        return new JobOutcome(step.run(), step.stepId(), answer, null, null);
    }

    public enum Answer {
        /** It is complete, now or since before: a completed step never runs again. */
        COMPLETED,
        /** It waits for work done elsewhere, and is polled when it is due. */
        SUSPENDED,
        /** The attempt failed, and another one follows. */
        RETRYING,
        /** The last attempt failed, and the run with it. */
        FAILED,
        /** Its policies let it wait, or the server goes down: user code was not run to its end, and the attempt does not count. */
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
