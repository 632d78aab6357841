package dev.pawl.web.problem;

import dev.pawl.engine.json.FieldError;
import java.util.List;

/** A request that cannot be passed on to the engine. */
public final class RequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HttpFault fault;
    private final transient List<FieldError> errors;

    public RequestException(HttpFault fault, String detail, List<FieldError> errors) {
        super(detail, null, false, false);
        this.fault = fault;
        this.errors = List.copyOf(errors);
    }

    public RequestException(HttpFault fault, String detail) {
        this(fault, detail, List.of());
    }

    /** A query parameter that cannot be read. */
    public static RequestException parameter(String name, String message) {
        return new RequestException(
                HttpFault.INVALID_PARAMETER,
                "Query parameter '" + name + "': " + message,
                List.of(new FieldError("/" + name, message)));
    }

    public HttpFault fault() {
        return fault;
    }

    public List<FieldError> errors() {
        return errors;
    }
}
