package dev.pawl.engine.model;

/** Entries of the outbox travel in two lanes, so that those in trouble are in nobody's way. */
public enum OutboxLane {
    /** Entries that were not tried yet. */
    FRESH,
    /** Entries that failed, one a run at most; behind each of them wait the later entries of its run. */
    LATE
}
