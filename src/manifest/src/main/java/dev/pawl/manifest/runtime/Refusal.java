package dev.pawl.manifest.runtime;

import dev.pawl.manifest.ir.RateLimit;
import dev.pawl.manifest.runtime.expression.ResolvedValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a command did nothing. */
public record Refusal(
        RefusalCode code, String message, @Nullable Detail detail) {
    public static Refusal of(RefusalCode code, String message) {
        return new Refusal(code, message, null);
    }

    /** What some refusals say beyond their message. */
    public sealed interface Detail {}

    /** The guard that failed, counted from 1. */
    public record GuardFailure(int index, String expression, List<ResolvedValue> resolved) implements Detail {}

    /** The policy that denied, and the names (not the values) it looked at. */
    public record PolicyDenial(
            String policyName,
            String expression,
            String message,
            List<String> contextKeys,
            List<ResolvedValue> resolved)
            implements Detail {}

    /** The limit that was reached, and when to try again. */
    public record RateLimitDenial(RateLimit.Scope scope, String scopeKey, int limit, long windowMs, long retryAfterMs)
            implements Detail {}

    /** The version the caller had seen, and the one that is there; 0 when there is no instance any more. */
    public record ConcurrencyConflict(String entityType, String entityId, long expectedVersion, long actualVersion)
            implements Detail {
        public static final String CODE = "VERSION_MISMATCH";
    }

    /** The request for approval that was made for the call, and the stages that lack approvals. */
    public record ApprovalNeeded(
            String id,
            String approval,
            List<String> pendingStages,
            @Nullable String expiresAt) implements Detail {
        public ApprovalNeeded {
            pendingStages = List.copyOf(pendingStages);
        }
    }

    /** The fields of the input that are wrong. */
    public record InvalidInput(List<FieldError> errors) implements Detail {
        public InvalidInput {
            errors = List.copyOf(errors);
        }
    }
}
