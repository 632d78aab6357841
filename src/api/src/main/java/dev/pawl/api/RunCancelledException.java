package dev.pawl.api;

/** Thrown by {@link StageContext#throwIfCancelled()} to leave user code whose run is no longer wanted. */
public final class RunCancelledException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RunCancelledException(String runId) {
        super("Run " + runId + " was cancelled.", null, false, false);
    }
}
