package dev.pawl.engine.ai;

import dev.pawl.api.NonRetryableException;
import dev.pawl.api.ai.AiException;
import org.jspecify.annotations.Nullable;

/** A provider did not do what it was asked. */
public final class AiProviderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why, and whether asking again may help. */
    public enum Kind {
        RATE_LIMITED(true),
        /** It cannot be reached, or has trouble of its own. */
        UNAVAILABLE(true),
        TIMEOUT(true),
        /** The calling thread was interrupted; its interrupt flag is set again. */
        INTERRUPTED(true),
        /** It will not do this, however often it is asked. */
        REJECTED(false),
        UNAUTHORIZED(false),
        /** It does not know the model, or the batch. */
        NOT_FOUND(false),
        /** It refuses to speak of this. */
        CONTENT_REFUSED(false),
        /** This protocol has no such call. */
        UNSUPPORTED(false);

        private final boolean passing;

        Kind(boolean passing) {
            this.passing = passing;
        }
    }

    private final Kind kind;

    public AiProviderException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public AiProviderException(Kind kind, String message) {
        this(kind, message, null);
    }

    public Kind kind() {
        return kind;
    }

    /** The code by which stages, logs and people know it. */
    public String code() {
        return "AI_" + kind.name();
    }

    /** As the stage sees it. */
    RuntimeException forStage(String call) {
        String message = call + " failed: " + getMessage();
        return kind.passing ? new AiException(code(), message, this) : new NonRetryableException(code(), message, this);
    }
}
