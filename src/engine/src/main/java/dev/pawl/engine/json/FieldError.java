package dev.pawl.engine.json;

/**
 * What is wrong with one member of a JSON value.
 *
 * @param pointer RFC 6901, empty for the whole value
 */
public record FieldError(String pointer, String message) {
    /** The same error, seen from a value that holds this one. */
    public FieldError under(String prefix) {
        return new FieldError(prefix + pointer, message);
    }
}
