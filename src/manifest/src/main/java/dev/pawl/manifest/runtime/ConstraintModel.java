package dev.pawl.manifest.runtime;

import dev.pawl.manifest.ir.Constraint;
import dev.pawl.manifest.ir.Expression;
import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.ir.Severity;
import dev.pawl.manifest.runtime.expression.Code;
import dev.pawl.manifest.runtime.expression.ExplainedCode;
import dev.pawl.manifest.runtime.expression.ExpressionCompiler;
import dev.pawl.manifest.runtime.expression.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A compiled constraint. */
final class ConstraintModel {
    private final Constraint declared;
    private final ExplainedCode condition;
    private final Map<String, Code> details = new LinkedHashMap<>();
    private final @Nullable MessageTemplate template;
    private final @Nullable ExplainedCode overridePolicy;
    private final @Nullable ConstraintOutcome plainPass;

    ConstraintModel(Constraint declared, Scope scope, Ir program) {
        this.declared = declared;
        this.condition = new ExplainedCode(declared.expression(), scope);
        for (Map.Entry<String, Expression> detail : declared.detailsMapping().entrySet()) {
            details.put(detail.getKey(), ExpressionCompiler.compile(detail.getValue(), scope));
        }
        this.template = declared.message() == null && declared.messageTemplate() != null
                ? new MessageTemplate(declared.messageTemplate(), scope)
                : null;
        this.overridePolicy = declared.overridePolicyRef() == null
                ? null
                : program.policy(declared.overridePolicyRef())
                        .map(policy -> new ExplainedCode(policy.expression(), scope))
                        .orElse(null);
        this.plainPass = details.isEmpty() && template == null
                ? new ConstraintOutcome(
                        declared.code(),
                        declared.name(),
                        declared.severity(),
                        condition.text(),
                        declared.message(),
                        null,
                        true,
                        null,
                        List.of())
                : null;
    }

    static List<ConstraintModel> all(List<Constraint> declared, Scope scope, Ir program) {
        return declared.stream()
                .map(constraint -> new ConstraintModel(constraint, scope, program))
                .toList();
    }

    Constraint declared() {
        return declared;
    }

    ExplainedCode condition() {
        return condition;
    }

    Map<String, Code> details() {
        return details;
    }

    @Nullable
    MessageTemplate template() {
        return template;
    }

    /** The policy that authorises an override; null when none is named, or the named one does not exist. */
    @Nullable
    ExplainedCode overridePolicy() {
        return overridePolicy;
    }

    /** The outcome of passing, when it is the same every time. */
    @Nullable
    ConstraintOutcome plainPass() {
        return plainPass;
    }

    boolean alwaysPasses() {
        return declared.severity() == Severity.OK;
    }
}
