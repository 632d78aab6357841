package dev.pawl.api.local;

import java.util.List;

/**
 * A command was refused and has had no effect. The transaction around the call is as good as before: whoever catches this
 * may go on and commit. Left uncaught it rolls the caller's transaction back, as any unchecked exception does.
 *
 * <p>A technical failure is another exception, and marks the transaction for rollback.
 */
public final class CommandRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final transient List<FieldProblem> errors;

    public CommandRefusedException(String code, String message, List<FieldProblem> errors) {
        super(code + ": " + message, null, false, false);
        this.code = code;
        this.errors = List.copyOf(errors);
    }

    /** Stable and in UPPER_SNAKE, the same as over REST and JMS: {@code WORKFLOW_NOT_FOUND} for instance. */
    public String code() {
        return code;
    }

    /** What is wrong with single members; empty when the refusal is about something else. */
    public List<FieldProblem> errors() {
        return errors;
    }
}
