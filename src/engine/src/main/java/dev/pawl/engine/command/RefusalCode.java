package dev.pawl.engine.command;

/** Stable codes of refused commands, each of a kind that transports map to their own statuses. */
public enum RefusalCode {
    VALIDATION_FAILED(Kind.INVALID),
    INVALID_INPUT(Kind.INVALID),
    INVALID_CONFIG(Kind.INVALID),
    UNKNOWN_COMMAND(Kind.INVALID),
    WORKFLOW_NOT_FOUND(Kind.NOT_FOUND),
    RUN_NOT_FOUND(Kind.NOT_FOUND),
    QUERY_NOT_FOUND(Kind.NOT_FOUND),
    STAGE_NOT_FOUND(Kind.NOT_FOUND),
    ARTIFACT_NOT_FOUND(Kind.NOT_FOUND),
    MACHINE_NOT_FOUND(Kind.NOT_FOUND),
    INSTANCE_NOT_FOUND(Kind.NOT_FOUND),
    INSTANCE_EXISTS(Kind.CONFLICT),
    INVALID_TRANSITION(Kind.CONFLICT),
    GUARD_FAILED(Kind.CONFLICT),
    RUN_PAUSED(Kind.CONFLICT),
    RUN_NOT_FINISHED(Kind.CONFLICT),
    RUN_FINISHED(Kind.CONFLICT),
    RUN_CANCELLED(Kind.CONFLICT),
    STAGE_NOT_EXECUTED(Kind.CONFLICT),
    IDEMPOTENCY_KEY_REUSED(Kind.CONFLICT),
    IDEMPOTENCY_IN_PROGRESS(Kind.CONFLICT),
    CONCURRENT_UPDATE(Kind.CONFLICT);

    /** What a caller can do about it. */
    public enum Kind {
        /** Send something else. */
        INVALID,
        /** Name something that exists. */
        NOT_FOUND,
        /** Wait, or look at the present state first. */
        CONFLICT
    }

    private final Kind kind;

    RefusalCode(Kind kind) {
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
