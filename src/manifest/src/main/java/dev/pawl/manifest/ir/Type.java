package dev.pawl.manifest.ir;

import org.jspecify.annotations.Nullable;

/** A declared type. {@code name} is a built-in ({@code string}, {@code number}, {@code array}, ...), an enum, a value
 * object or an entity; {@code generic} is the element type of an array and the like. */
public record Type(
        String name,
        @Nullable Type generic,
        boolean nullable,
        @Nullable Params params) {
    /** Precision and scale of a decimal. */
    public record Params(
            @Nullable Double precision, @Nullable Double scale) {}

    public static Type of(String name) {
        return new Type(name, null, false, null);
    }

    public Type asNullable() {
        return nullable ? this : new Type(name, generic, true, params);
    }
}
