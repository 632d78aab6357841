package dev.pawl.engine.work;

/** A stored payload is gone from the blob store. */
public final class PayloadMissingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PayloadMissingException(String key) {
        super("The blob '" + key + "' is not in the blob store any more");
    }
}
