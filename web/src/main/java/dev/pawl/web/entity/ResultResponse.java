package dev.pawl.web.entity;

import dev.pawl.manifest.runtime.CommandResult;
import dev.pawl.manifest.runtime.Refusal;
import dev.pawl.manifest.runtime.RefusalCode;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A command result as a response: the result is the body, the status says of what kind a refusal is. */
public final class ResultResponse {

    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY = 429;

    private ResultResponse() {}

    static Response of(CommandResult result) {
        Response.ResponseBuilder response = Response.status(status(result))
                .type(MediaType.APPLICATION_JSON)
                .entity(result.toJson().toString());
        if (result.job() != null) {
            response.header(HttpHeaders.LOCATION, "/api/runs/" + result.job());
        }
        if (result.instance() != null) {
            response.header(HttpHeaders.ETAG, etag(result.instance().version()));
        }
        retryAfter(result).ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds));
        return response.build();
    }

    /** After how many seconds the command may be sent again; empty where waiting does not help. */
    public static Optional<Long> retryAfter(CommandResult result) {
        @Nullable Refusal refusal = result.refusal();
        if (refusal != null && refusal.detail() instanceof Refusal.RateLimitDenial denial) {
            return Optional.of(Math.max(1, (denial.retryAfterMs() + 999) / 1_000));
        }
        return refusal != null && refusal.code() == RefusalCode.IDEMPOTENCY_IN_PROGRESS
                ? Optional.of(1L)
                : Optional.empty();
    }

    static String etag(long version) {
        return "\"" + version + "\"";
    }

    /** 202 when the command runs later, as a job. */
    public static int status(CommandResult result) {
        @Nullable Refusal refusal = result.refusal();
        if (refusal != null) {
            return status(refusal.code());
        }
        return result.job() == null ? 200 : 202;
    }

    static int status(RefusalCode code) {
        return switch (code) {
            case COMMAND_NOT_FOUND, INSTANCE_NOT_FOUND, APPROVAL_NOT_FOUND -> 404;
            case POLICY_DENIED, MISSING_TRUSTED_CONTEXT, MISSING_TENANT_CONTEXT -> 403;
            case INSTANCE_EXISTS,
                    CONCURRENCY_CONFLICT,
                    APPROVAL_REQUIRED,
                    APPROVAL_CLOSED,
                    IDEMPOTENCY_KEY_REUSED,
                    IDEMPOTENCY_IN_PROGRESS -> 409;
            case RATE_LIMITED -> TOO_MANY;
            case INVALID_INPUT,
                    CONSTRAINT_BLOCKED,
                    GUARD_FAILED,
                    INVALID_TRANSITION,
                    BUDGET_EXCEEDED,
                    MISSING_JOB_QUEUE,
                    EFFECT_REFUSED,
                    REACTION_DEPTH_EXCEEDED -> UNPROCESSABLE;
        };
    }
}
