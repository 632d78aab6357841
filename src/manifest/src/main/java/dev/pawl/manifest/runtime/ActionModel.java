package dev.pawl.manifest.runtime;

import dev.pawl.manifest.ir.Action;
import dev.pawl.manifest.runtime.expression.Code;
import org.jspecify.annotations.Nullable;

/**
 * A compiled action.
 *
 * @param slot the local a compute action binds, -1 for every other action
 * @param rule of the property that is written, where that does not keep every value as it is
 */
record ActionModel(
        Action declared, Code code, int slot, @Nullable TypeRule rule) {}
