package dev.pawl.api;

/** The type of an input or output that carries nothing; in JSON it is {@code {}}. */
public record None() {
    /** The only value anyone needs. */
    public static final None NONE = new None();
}
