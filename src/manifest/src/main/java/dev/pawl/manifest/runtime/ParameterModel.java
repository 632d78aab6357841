package dev.pawl.manifest.runtime;

import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.ir.Parameter;
import dev.pawl.manifest.runtime.expression.ExpressionCompiler;
import org.jspecify.annotations.Nullable;

/** One input of a command: the slot it goes to, what it must be, and what it is when it is left out. */
record ParameterModel(
        Parameter declared,
        int slot,
        TypeRule rule,
        @Nullable Object defaultValue) {
    static ParameterModel of(Parameter declared, int slot, Ir program) {
        return new ParameterModel(
                declared,
                slot,
                TypeRule.of(declared.type(), program),
                declared.defaultValue() == null ? null : ExpressionCompiler.constant(declared.defaultValue()));
    }

    String name() {
        return declared.name();
    }
}
