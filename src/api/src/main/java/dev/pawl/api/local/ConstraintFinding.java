package dev.pawl.api.local;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a constraint of a Manifest program said of a command.
 *
 * @param code by which the constraint is overridden and recorded
 * @param message for people; absent where the program gives none
 * @param passed whether the constraint holds
 * @param overridden whether it was passed although it does not hold
 */
public record ConstraintFinding(
        String code,
        String name,
        Severity severity,
        @Nullable String message,
        boolean passed,
        boolean overridden) {

    /** What a constraint that does not hold leads to. */
    public enum Severity {
        /** Nothing; it is told. */
        OK,
        /** The command runs, with a warning. */
        WARN,
        /** The command is refused. */
        BLOCK
    }

    static ConstraintFinding of(Map<?, ?> outcome) {
        return new ConstraintFinding(
                String.valueOf(outcome.get("code")),
                String.valueOf(outcome.get("constraintName")),
                Severity.valueOf(String.valueOf(outcome.get("severity")).toUpperCase(Locale.ROOT)),
                (String) outcome.get("message"),
                Boolean.TRUE.equals(outcome.get("passed")),
                Boolean.TRUE.equals(outcome.get("overridden")));
    }
}
