package dev.pawl.api;

import org.jspecify.annotations.Nullable;

/** Thrown by user code when another attempt cannot help: the step fails at once, with this code and message. */
public class NonRetryableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    public NonRetryableException(String code, String message) {
        this(code, message, null);
    }

    public NonRetryableException(String code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** Stable and in UPPER_SNAKE; shown as the run's {@code error.code}. */
    public String code() {
        return code;
    }
}
