package dev.pawl.engine.port;

/** The sink cannot be reached at all, whatever is to be published: no entry is to blame, and none counts an attempt. */
public final class SinkUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SinkUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
