package dev.pawl.api.flow;

import org.jspecify.annotations.Nullable;

/**
 * By what a policy counts apart.
 *
 * @param pointer JSON pointer into the input: of the run for a workflow and for durable code, of the stage for a stage
 * @param value the key itself
 */
public record Key(@Nullable String pointer, @Nullable String value) {

    /** Everything counts together. */
    public static final Key NONE = new Key(null, null);

    public Key {
        if (pointer != null && value != null) {
            throw new IllegalArgumentException("A key is found by a pointer or given as a value, not both");
        }
        if (pointer != null && !pointer.startsWith("/")) {
            throw new IllegalArgumentException("A JSON pointer begins with '/', this one is '" + pointer + "'");
        }
    }

    /** The value at this JSON pointer; where there is none, all runs without one count together. */
    public static Key at(String pointer) {
        return new Key(pointer, null);
    }

    /** This very value. */
    public static Key of(Object value) {
        return new Key(null, String.valueOf(value));
    }

    public boolean isNone() {
        return pointer == null && value == null;
    }
}
