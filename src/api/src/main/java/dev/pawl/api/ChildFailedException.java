package dev.pawl.api;

/** A child did not complete. */
public final class ChildFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String runId;
    private final String code;

    public ChildFailedException(String runId, String code, String message) {
        super(message);
        this.runId = runId;
        this.code = code;
    }

    public String runId() {
        return runId;
    }

    /** The code of the child's error; {@code CANCELLED} when it was cancelled. */
    public String code() {
        return code;
    }
}
