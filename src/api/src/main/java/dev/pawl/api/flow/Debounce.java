package dev.pawl.api.flow;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Starts that follow one another are one run, which begins when none has come for a while, with the input of the last.
 * Every start is answered with that run. Durable: what has been answered survives a restart.
 *
 * <p>Children of durable code are not held back; each is a run of its own.
 *
 * @param quiet how long none may come
 * @param atMost after the first start it begins all the same; absent: it waits for as long as starts come
 * @param key what is one run each
 */
public record Debounce(Duration quiet, @Nullable Duration atMost, Key key) implements StartPolicy {

    public Debounce {
        if (quiet.isZero() || quiet.isNegative()) {
            throw new IllegalArgumentException("The quiet time of a debounce must be positive, was " + quiet);
        }
        if (atMost != null && atMost.compareTo(quiet) < 0) {
            throw new IllegalArgumentException("atMost is not shorter than the quiet time, was " + atMost);
        }
    }

    /** All starts of the workflow. */
    public static Debounce of(Duration quiet) {
        return new Debounce(quiet, null, Key.NONE);
    }

    /** The starts with the same value at this JSON pointer into the input. */
    public static Debounce of(Duration quiet, String pointer) {
        return new Debounce(quiet, null, Key.at(pointer));
    }

    public Debounce atMost(Duration longest) {
        return new Debounce(quiet, longest, key);
    }
}
