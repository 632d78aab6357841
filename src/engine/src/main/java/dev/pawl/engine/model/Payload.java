package dev.pawl.engine.model;

import org.jspecify.annotations.Nullable;

/** A JSON value of user code: beside the row that owns it when small, in the blob store when large. */
public sealed interface Payload {

    /** The JSON text itself. */
    record Inline(String json) implements Payload {}

    /** Where the JSON text is kept. */
    record Stored(String blobKey) implements Payload {}

    Payload EMPTY = new Inline("{}");

    static Payload of(String json) {
        return new Inline(json);
    }

    /** One text for a column: JSON never begins with the mark of a stored payload. */
    default String encoded() {
        if (this instanceof Stored stored) {
            return "@" + stored.blobKey();
        }
        return ((Inline) this).json();
    }

    static Payload decode(String text) {
        return text.startsWith("@") ? new Stored(text.substring(1)) : new Inline(text);
    }

    /** The payload in a column that may hold none. */
    static @Nullable Payload decodeOrNull(@Nullable String text) {
        return text == null ? null : decode(text);
    }
}
