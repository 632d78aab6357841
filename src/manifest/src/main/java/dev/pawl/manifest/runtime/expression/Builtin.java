package dev.pawl.manifest.runtime.expression;

import dev.pawl.manifest.runtime.value.Absent;

/** A function every program can call. Arguments that are left out read as undefined. */
@FunctionalInterface
interface Builtin {
    Object call(Evaluation evaluation, Object[] arguments);

    static Object argument(Object[] arguments, int index) {
        return index < arguments.length ? arguments[index] : Absent.UNDEFINED;
    }
}
