package dev.pawl.api;

/**
 * A step has failed for good: its attempts are used up, or its failure allows no other. It can be caught; whenever the run
 * is taken up again, the step fails in the same way without running.
 *
 * <p>It tells of the failure as it was recorded and has no cause, since a replay could not have one either.
 */
public final class StepFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String stepId;
    private final String code;
    private final int attempts;

    public StepFailedException(String stepId, String code, String message, int attempts) {
        super(message);
        this.stepId = stepId;
        this.code = code;
        this.attempts = attempts;
    }

    public String stepId() {
        return stepId;
    }

    /**
     * {@code STEP_FAILED}, {@code STEP_TIMEOUT}, {@code INVALID_STEP_OUTPUT}, or the code of a {@link
     * NonRetryableException}.
     */
    public String code() {
        return code;
    }

    public int attempts() {
        return attempts;
    }

    /** Whether the last attempt ran out of time. */
    public boolean isTimeout() {
        return code.equals("STEP_TIMEOUT");
    }
}
