package dev.pawl.api;

/** A branch of a fork has failed; the cause is what it threw. */
public final class BranchFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String branch;

    public BranchFailedException(String branch, Exception cause) {
        super("Branch '" + branch + "' failed: " + cause.getMessage(), cause);
        this.branch = branch;
    }

    public String branch() {
        return branch;
    }
}
