package dev.pawl.engine.port;

import dev.pawl.engine.model.RunId;

/**
 * A run was changed by another transaction after it was loaded, or made by another one while it was not there; the whole
 * command can be repeated.
 */
public final class StaleRunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StaleRunException(RunId run, long expectedVersion) {
        super("Run " + run + " is not at version " + expectedVersion + " any more: another transaction changed it");
    }
}
