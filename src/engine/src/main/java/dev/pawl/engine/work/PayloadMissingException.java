package dev.pawl.engine.work;

import dev.pawl.api.NonRetryableException;

/** A stored payload is gone from the blob store; trying again would not bring it back. */
public final class PayloadMissingException extends NonRetryableException {
    private static final long serialVersionUID = 1L;

    public PayloadMissingException(String key) {
        super("PREVIOUS_OUTPUT_MISSING", "The blob '" + key + "' is not in the blob store any more");
    }
}
