package dev.pawl.manifest.runtime;

import dev.pawl.manifest.ir.Action;
import dev.pawl.manifest.runtime.expression.Code;

/** A compiled action. {@code slot} is the local a compute action binds, -1 for every other action. */
record ActionModel(Action declared, Code code, int slot) {}
