package dev.pawl.api.ai;

import org.jspecify.annotations.Nullable;

/** A call of a model failed in a way that another attempt may cure. */
public final class AiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    public AiException(String code, String message, @Nullable Throwable cause) {
        super(code + ": " + message, cause);
        this.code = code;
    }

    /**
     * {@code AI_RATE_LIMITED}, {@code AI_UNAVAILABLE}, {@code AI_TIMEOUT}, {@code AI_INTERRUPTED}, {@code
     * AI_INVALID_OBJECT}, {@code AI_BATCH_UNFINISHED} or {@code AI_CALL_NOT_RECORDED}.
     */
    public String code() {
        return code;
    }
}
