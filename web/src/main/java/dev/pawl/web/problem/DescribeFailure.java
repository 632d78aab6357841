package dev.pawl.web.problem;

import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.interpret.MachineCodeException;
import dev.pawl.engine.json.UnfitJsonException;
import dev.pawl.engine.port.StoreUnavailableException;
import dev.pawl.manifest.runtime.InvalidQuery;
import dev.pawl.manifest.runtime.ReadRefused;
import dev.pawl.manifest.runtime.expression.EvaluationBudgetExceeded;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what was thrown into a problem document. Containers wrap exceptions, so the causes are searched for one that says
 * something to the caller; failing that, the exception is logged under an incident id and only the id is told.
 */
public final class DescribeFailure {

    private static final Logger LOG = LoggerFactory.getLogger(DescribeFailure.class);

    private DescribeFailure() {}

    public static Problem of(Throwable thrown, String method, String path) {
        return said(thrown, path).orElseGet(() -> unexpected(thrown, method, path));
    }

    /** What a bare status says, where nothing was thrown. */
    public static Problem ofStatus(int status, String method, String path) {
        HttpFault fault = HttpFault.ofStatus(status)
                .orElse(status >= 500 ? HttpFault.INTERNAL_ERROR : HttpFault.MALFORMED_REQUEST);
        return problem(
                fault,
                fault == HttpFault.MALFORMED_REQUEST ? status : fault.status(),
                detail(fault, method, path),
                path);
    }

    private static Optional<Problem> said(Throwable thrown, String path) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedException refused) {
                return Optional.of(of(refused.refusal(), path));
            }
            if (cause instanceof RequestException request) {
                return Optional.of(new Problem(
                        request.fault().title(),
                        request.fault().status(),
                        String.valueOf(request.getMessage()),
                        path,
                        request.fault().name(),
                        request.errors()));
            }
            Optional<Problem> ofRead = ofRead(cause, path);
            if (ofRead.isPresent()) {
                return ofRead;
            }
            if (cause instanceof StoreUnavailableException) {
                return Optional.of(problem(
                        HttpFault.UNAVAILABLE, "The database is away; send the request again when it is back", path));
            }
            if (cause instanceof MachineCodeException failed) {
                LOG.error("The code of a state machine failed", failed);
                return Optional.of(problem(HttpFault.MACHINE_CODE_FAILED, String.valueOf(failed.getMessage()), path));
            }
            if (cause instanceof UnfitJsonException unfit) {
                return Optional.of(new Problem(
                        HttpFault.VALIDATION_FAILED.title(),
                        HttpFault.VALIDATION_FAILED.status(),
                        "The body does not fit: " + unfit.getMessage(),
                        path,
                        HttpFault.VALIDATION_FAILED.name(),
                        unfit.errors()));
            }
        }
        return Optional.empty();
    }

    /** What the runtime of Manifest programs has against a read. */
    private static Optional<Problem> ofRead(Throwable cause, String path) {
        if (cause instanceof InvalidQuery invalid) {
            return Optional.of(problem(HttpFault.INVALID_PARAMETER, String.valueOf(invalid.getMessage()), path));
        }
        if (cause instanceof ReadRefused refused) {
            return Optional.of(problem(HttpFault.FORBIDDEN, String.valueOf(refused.getMessage()), path));
        }
        if (cause instanceof EvaluationBudgetExceeded exceeded) {
            return Optional.of(problem(HttpFault.BUDGET_EXCEEDED, exceeded.text(), path));
        }
        return Optional.empty();
    }

    private static Problem problem(HttpFault fault, String detail, String path) {
        return problem(fault, fault.status(), detail, path);
    }

    private static Problem of(Refusal refusal, String path) {
        RefusalCode.Kind kind = refusal.code().kind();
        int status =
                switch (kind) {
                    case INVALID -> 400;
                    case NOT_FOUND -> 404;
                    case CONFLICT -> 409;
                };
        String title =
                switch (kind) {
                    case INVALID -> "Bad Request";
                    case NOT_FOUND -> "Not Found";
                    case CONFLICT -> "Conflict";
                };
        return new Problem(
                title, status, refusal.message(), path, refusal.code().name(), refusal.errors());
    }

    private static Problem unexpected(Throwable thrown, String method, String path) {
        String incident = UUID.randomUUID().toString();
        LOG.error("Incident {}: {} {} failed unexpectedly", incident, method, path, thrown);
        return problem(
                HttpFault.INTERNAL_ERROR,
                HttpFault.INTERNAL_ERROR.status(),
                "The server failed; its log tells more under incident " + incident,
                path);
    }

    private static Problem problem(HttpFault fault, int status, String detail, String path) {
        return new Problem(fault.title(), status, detail, path, fault.name(), List.of());
    }

    private static String detail(HttpFault fault, String method, String path) {
        return switch (fault) {
            case NOT_FOUND -> "There is nothing at " + path;
            case METHOD_NOT_ALLOWED -> path + " does not take " + method;
            case NOT_ACCEPTABLE -> path + " cannot answer in a form the Accept header allows";
            case UNSUPPORTED_MEDIA_TYPE -> path + " does not take bodies of this Content-Type; send application/json";
            case PAYLOAD_TOO_LARGE -> "The body is larger than this server takes";
            case UNAUTHENTICATED -> "Say who you are";
            case FORBIDDEN -> "You may not do this";
            case UNAVAILABLE -> "The server cannot answer now; try again";
            case INTERNAL_ERROR -> "The server failed; its log tells more";
            default -> "The request cannot be understood";
        };
    }
}
