package dev.pawl.manifest.runtime;

import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.ir.Modifier;
import dev.pawl.manifest.ir.Property;
import dev.pawl.manifest.runtime.expression.ExplainedCode;
import dev.pawl.manifest.runtime.expression.ExpressionCompiler;
import dev.pawl.manifest.runtime.expression.Scope;
import org.jspecify.annotations.Nullable;

/** A stored property: its slot, its rules, and when a masked one may be seen. */
final class PropertyModel {
    private final Property declared;
    private final int slot;
    private final TypeRule rule;
    private final @Nullable Object defaultValue;
    private @Nullable ExplainedCode unmaskWhen;

    PropertyModel(Property declared, int slot, Ir program) {
        this.declared = declared;
        this.slot = slot;
        this.rule = TypeRule.of(declared.type(), program);
        this.defaultValue =
                declared.defaultValue() == null ? null : ExpressionCompiler.constant(declared.defaultValue());
    }

    void compileMask(Scope scope) {
        if (declared.maskStrategy() != null && declared.maskStrategy().unmaskWhen() != null) {
            unmaskWhen = new ExplainedCode(declared.maskStrategy().unmaskWhen(), scope);
        }
    }

    String name() {
        return declared.name();
    }

    Property declared() {
        return declared;
    }

    int slot() {
        return slot;
    }

    TypeRule rule() {
        return rule;
    }

    @Nullable
    Object defaultValue() {
        return defaultValue;
    }

    @Nullable
    ExplainedCode unmaskWhen() {
        return unmaskWhen;
    }

    boolean is(Modifier modifier) {
        return declared.is(modifier);
    }
}
