package dev.pawl.engine.model;

/** What a checkpoint records. */
public enum CheckpointKind {
    /** A step's result. */
    STEP,
    /** The result of a step that ran inside the transaction of its record. */
    TRANSACTION,
    SLEEP,
    /** One wait, or several of which any or all have to end. */
    WAIT,
    /** An event sent out. */
    EMIT,
    CHILD,
    FORK,
    /** Which variant of the code was taken. */
    MARKER,
    /** Here the code was told to leave, because the run was cancelled or a branch beside it failed. */
    STOP,
    /** The history before this was closed and left behind. */
    CONTINUED,
    /** A value that others may read. It has no place in the order of calls. */
    VALUE
}
