package dev.pawl.web.problem;

import java.util.Optional;

/** What can be wrong with a request before the engine sees it. */
public enum HttpFault {
    MALFORMED_REQUEST(400, "Bad Request"),
    MALFORMED_JSON(400, "Bad Request"),
    VALIDATION_FAILED(400, "Bad Request"),
    INVALID_PARAMETER(400, "Bad Request"),
    UNAUTHENTICATED(401, "Unauthorized"),
    FORBIDDEN(403, "Forbidden"),
    NOT_FOUND(404, "Not Found"),
    METHOD_NOT_ALLOWED(405, "Method Not Allowed"),
    NOT_ACCEPTABLE(406, "Not Acceptable"),
    /** A program declares what another one declares. */
    NAME_TAKEN(409, "Conflict"),
    PAYLOAD_TOO_LARGE(413, "Content Too Large"),
    UNSUPPORTED_MEDIA_TYPE(415, "Unsupported Media Type"),
    /** A computed property needs more evaluation than a read may spend. */
    BUDGET_EXCEEDED(422, "Unprocessable Content"),
    /** A guard or an action of the application's state machine threw. */
    MACHINE_CODE_FAILED(500, "Internal Server Error"),
    INTERNAL_ERROR(500, "Internal Server Error"),
    UNAVAILABLE(503, "Service Unavailable"),
    TOO_MANY_STREAMS(503, "Service Unavailable");

    private final int status;
    private final String title;

    HttpFault(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The fault a bare status stands for. */
    public static Optional<HttpFault> ofStatus(int status) {
        for (HttpFault fault : values()) {
            if (fault.status == status) {
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }
}
