package dev.pawl.engine.model;

/** Where a step is: PENDING waits for a worker, RUNNING is leased by one. */
public enum StepStatus {
    PENDING,
    RUNNING,
    SUSPENDED,
    COMPLETED,
    FAILED,
    CANCELLED,
    SKIPPED;

    /** An open step still has work to come: it is somebody's job. */
    public boolean isOpen() {
        return this == PENDING || this == RUNNING || this == SUSPENDED;
    }

    public boolean canBecome(StepStatus next) {
        return switch (this) {
            case PENDING ->
                next == RUNNING || next == SUSPENDED || next == CANCELLED || next == SKIPPED || next == FAILED;
            case RUNNING -> next != RUNNING && next != SKIPPED;
            case SUSPENDED -> next == RUNNING || next == PENDING || !next.isOpen();
            case COMPLETED, FAILED, CANCELLED, SKIPPED -> false;
        };
    }
}
