package dev.pawl.engine.query;

import dev.pawl.engine.model.AiCall;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call of a model as people see it.
 *
 * @param model what the operator calls it
 * @param error why it failed, or why its answer was no use
 * @param batchId the provider's batch it was part of
 * @param cost in the operator's currency
 */
public record AiCallView(
        String id,
        String stage,
        int attempt,
        String topic,
        AiCall.Type type,
        String model,
        String providerModel,
        AiCall.Status status,
        @Nullable Error error,
        @Nullable String batchId,
        String prompt,
        String response,
        long inputTokens,
        long outputTokens,
        BigDecimal cost,
        long durationMs,
        Instant at) {

    public record Error(String code, String message) {}

    public static AiCallView of(AiCall call) {
        return new AiCallView(
                call.id(),
                call.stepId(),
                call.attempt(),
                call.topic(),
                call.type(),
                call.model(),
                call.providerModel(),
                call.status(),
                call.failure() == null
                        ? null
                        : new Error(call.failure().code(), call.failure().message()),
                call.batchId(),
                call.prompt(),
                call.response(),
                call.inputTokens(),
                call.outputTokens(),
                plain(call.cost()),
                call.duration().toMillis(),
                call.at());
    }

    /** Without the noughts that stores add. */
    public static BigDecimal plain(BigDecimal cost) {
        BigDecimal stripped = cost.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
