package dev.pawl.engine.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call of a model, or one prompt of a provider's batch.
 *
 * @param id of the call; for a prompt of a batch it is derived from the batch, so that whoever reads the batch names it
 *     the same
 * @param attempt of the step, counted from 1
 * @param topic path by which calls are counted
 * @param model what the operator calls it
 * @param providerModel what the provider calls it
 * @param prompt and {@code response}: perhaps shortened
 * @param cost in the operator's currency; zero while unknown
 * @param at when the call began, or the batch was submitted
 */
public record AiCall(
        String id,
        String tenant,
        RunId run,
        String workflowId,
        String stepId,
        int attempt,
        String topic,
        Type type,
        String model,
        String providerModel,
        Status status,
        @Nullable Failure failure,
        @Nullable String batchId,
        String prompt,
        String response,
        long inputTokens,
        long outputTokens,
        BigDecimal cost,
        Duration duration,
        Instant at) {

    public enum Type {
        TEXT,
        OBJECT,
        EMBEDDING,
        STREAM,
        BATCH
    }

    public enum Status {
        /** Part of a batch that nobody has read yet. */
        SUBMITTED,
        SUCCEEDED,
        /** Answered, and paid for, but not with what was asked for. */
        INVALID,
        FAILED;

        public boolean isFailure() {
            return this == INVALID || this == FAILED;
        }
    }

    public AiCall {
        // models and user code decide what stands here, and databases take no NUL in a text
        prompt = prompt.replace('\0', '\uFFFD');
        response = response.replace('\0', '\uFFFD');
    }

    /** The step that made the call. */
    public StepKey step() {
        return new StepKey(run, stepId);
    }

    /** This open call, ended as the other one says, which counts where it was read. */
    public AiCall settledBy(AiCall end) {
        return new AiCall(
                id,
                tenant,
                end.run,
                end.workflowId,
                end.stepId,
                end.attempt,
                topic,
                type,
                model,
                providerModel,
                end.status,
                end.failure,
                batchId,
                prompt,
                end.response,
                end.inputTokens,
                end.outputTokens,
                end.cost,
                end.duration,
                at);
    }

    public AiCall ended(Status as, @Nullable Failure why, String answer, Duration after) {
        return new AiCall(
                id,
                tenant,
                run,
                workflowId,
                stepId,
                attempt,
                topic,
                type,
                model,
                providerModel,
                as,
                why,
                batchId,
                prompt,
                answer,
                inputTokens,
                outputTokens,
                cost,
                after,
                at);
    }

    public AiCall using(long input, long output, BigDecimal price) {
        return new AiCall(
                id,
                tenant,
                run,
                workflowId,
                stepId,
                attempt,
                topic,
                type,
                model,
                providerModel,
                status,
                failure,
                batchId,
                prompt,
                response,
                input,
                output,
                price,
                duration,
                at);
    }
}
