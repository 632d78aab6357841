package dev.pawl.manifest.runtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.ir.Severity;
import dev.pawl.manifest.runtime.expression.ResolvedValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a constraint said. An {@code ok} constraint always passes; what it tells is in its message and details. */
public record ConstraintOutcome(
        String code,
        String constraintName,
        Severity severity,
        String formatted,
        @Nullable String message,
        @Nullable ObjectNode details,
        boolean passed,
        @Nullable String overriddenBy,
        List<ResolvedValue> resolved) {
    public ConstraintOutcome {
        resolved = List.copyOf(resolved);
    }

    public boolean overridden() {
        return overriddenBy != null;
    }

    public boolean isWarning() {
        return !passed && severity == Severity.WARN;
    }

    /** Whether it stops the command: a failed block that nobody overrode. */
    public boolean isBlocker() {
        return !passed && !overridden() && severity == Severity.BLOCK;
    }

    ConstraintOutcome overriddenBy(String authorizer) {
        return new ConstraintOutcome(
                code, constraintName, severity, formatted, message, details, passed, authorizer, resolved);
    }
}
