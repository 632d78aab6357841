package dev.pawl.api;

/** An event did not come in time, and the workflow asked for an exception then. */
public final class WaitTimeoutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String event;

    public WaitTimeoutException(String event, String message) {
        super(message);
        this.event = event;
    }

    /** The name of the event that did not come. */
    public String event() {
        return event;
    }
}
