package dev.pawl.manifest.runtime.expression;

import dev.pawl.manifest.runtime.value.Absent;
import java.util.Arrays;
import java.util.Map;

/** What one piece of compiled code sees: its slots, the instance it is about, and the inputs nobody declared. */
public final class Frame {
    private final Evaluation evaluation;
    private final Object self;
    private final Object[] locals;
    private final Map<String, Object> input;

    /** {@code self} is an {@link EntityRecord}, a map, or {@link Absent#NULL} when no instance is bound. */
    public Frame(Evaluation evaluation, Object self, int locals, Map<String, Object> input) {
        this.evaluation = evaluation;
        this.self = self;
        this.locals = new Object[locals];
        Arrays.fill(this.locals, Absent.UNDEFINED);
        this.input = input;
    }

    public Evaluation evaluation() {
        return evaluation;
    }

    public Object self() {
        return self;
    }

    public Object local(int slot) {
        return locals[slot];
    }

    public void local(int slot, Object value) {
        locals[slot] = value;
    }

    public Map<String, Object> input() {
        return input;
    }
}
