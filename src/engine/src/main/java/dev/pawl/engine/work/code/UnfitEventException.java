package dev.pawl.engine.work.code;

import dev.pawl.api.EventType;
import dev.pawl.api.NonRetryableException;

/** An event came whose data is not of the type that the workflow waits for. */
final class UnfitEventException extends NonRetryableException {
    private static final long serialVersionUID = 1L;

    UnfitEventException(String checkpoint, EventType<?> type, Exception cause) {
        super(
                "INVALID_EVENT",
                "The event that ended wait '" + checkpoint + "' is not a valid "
                        + type.payload().getName() + ": " + cause.getMessage(),
                cause);
    }
}
