package dev.pawl.engine.live;

import org.jspecify.annotations.Nullable;

/**
 * One message of a stream. Without data it is no event for whoever listens, but its id is where to resume.
 *
 * @param id where to resume after this message; absent: where the one before said
 * @param event what it is called; absent in messages without data
 * @param data JSON in one line
 */
public record Frame(
        @Nullable String id,
        @Nullable String event,
        @Nullable String data) {

    /** The stream was ended by the server before its time. */
    public static final String DROPPED = "dropped";

    static Frame place(String id) {
        return new Frame(id, null, null);
    }

    static Frame stillThere() {
        return new Frame(null, null, null);
    }
}
