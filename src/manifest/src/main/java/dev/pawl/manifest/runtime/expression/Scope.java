package dev.pawl.manifest.runtime.expression;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The names one piece of code can see, and the slots they live in. Slots are given out while compiling; {@link #size()}
 * says how many a frame needs.
 */
public final class Scope {
    private final Map<String, Integer> locals = new HashMap<>();
    private final @Nullable RecordShape self;
    private final int[] next;

    private Scope(@Nullable RecordShape self, int[] next, Map<String, Integer> locals) {
        this.self = self;
        this.next = next;
        this.locals.putAll(locals);
    }

    /** A scope about records of the shape; without one, nothing is known of the instance before it is there. */
    public static Scope of(@Nullable RecordShape self) {
        return new Scope(self, new int[1], Map.of());
    }

    /** Gives the name a slot; the same name again keeps its slot. */
    public int declare(String name) {
        return locals.computeIfAbsent(name, fresh -> next[0]++);
    }

    Scope inner(Iterable<String> names) {
        Scope inner = new Scope(self, next, locals);
        for (String name : names) {
            inner.locals.put(name, next[0]++);
        }
        return inner;
    }

    @Nullable
    Integer slot(String name) {
        return locals.get(name);
    }

    int slotOf(String declared) {
        return locals.get(declared);
    }

    @Nullable
    RecordShape self() {
        return self;
    }

    public int size() {
        return next[0];
    }
}
