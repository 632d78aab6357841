package dev.pawl.engine.port;

/**
 * The database cannot be reached, or went away while something was done there; whether that is done is not known. Told to
 * the log by whoever throws this, once for all, so that whoever tries again need not.
 */
public final class StoreUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(Throwable cause) {
        super("The database cannot be reached", cause);
    }
}
