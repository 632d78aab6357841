package dev.pawl.manifest.runtime;

import dev.pawl.manifest.runtime.expression.EvaluationLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call may state beside its input.
 *
 * @param idempotencyKey makes a repetition answer what the first call answered
 * @param expectedVersion the version of the instance the caller has seen; another one is a conflict
 * @param correlationId groups the events of a whole flow; without it, the command starts a new flow
 * @param causationId the event that led to the command; without it, the command is its own cause
 */
public record CallOptions(
        @Nullable String idempotencyKey,
        @Nullable Long expectedVersion,
        List<OverrideRequest> overrides,
        @Nullable String correlationId,
        @Nullable String causationId,
        @Nullable EvaluationLimits limits) {
    public static final CallOptions NONE = new CallOptions(null, null, List.of(), null, null, null);

    public CallOptions {
        overrides = List.copyOf(overrides);
    }

    public CallOptions withIdempotencyKey(@Nullable String changed) {
        return new CallOptions(changed, expectedVersion, overrides, correlationId, causationId, limits);
    }

    public CallOptions withExpectedVersion(@Nullable Long changed) {
        return new CallOptions(idempotencyKey, changed, overrides, correlationId, causationId, limits);
    }

    public CallOptions withOverrides(List<OverrideRequest> changed) {
        return new CallOptions(idempotencyKey, expectedVersion, changed, correlationId, causationId, limits);
    }

    public CallOptions withTrace(@Nullable String changedCorrelationId, @Nullable String changedCausationId) {
        return new CallOptions(
                idempotencyKey, expectedVersion, overrides, changedCorrelationId, changedCausationId, limits);
    }

    public CallOptions withLimits(@Nullable EvaluationLimits changed) {
        return new CallOptions(idempotencyKey, expectedVersion, overrides, correlationId, causationId, changed);
    }
}
