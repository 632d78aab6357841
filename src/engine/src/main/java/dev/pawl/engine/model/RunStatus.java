package dev.pawl.engine.model;

/** Where a run is in its life. */
public enum RunStatus {
    PENDING,
    RUNNING,
    SUSPENDED,
    COMPLETED,
    FAILED,
    CANCELLED;

    public boolean isFinished() {
        return this == COMPLETED || this == FAILED || this == CANCELLED;
    }

    /** Being worked on, or waiting inside for something. */
    public boolean isActive() {
        return this == RUNNING || this == SUSPENDED;
    }

    public boolean canBecome(RunStatus next) {
        return switch (this) {
            case PENDING -> next == RUNNING || next == FAILED || next == CANCELLED;
            case RUNNING -> next == SUSPENDED || next.isFinished();
            case SUSPENDED -> next == RUNNING || next.isFinished();
            case COMPLETED, FAILED, CANCELLED -> next == RUNNING;
        };
    }
}
