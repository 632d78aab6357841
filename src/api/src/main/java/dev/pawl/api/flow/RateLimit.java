package dev.pawl.api.flow;

import java.time.Duration;

/**
 * A token bucket over all servers: so many starts, or calls, in each period on average, and no more than {@code burst} at
 * once. What comes too early waits, in order of coming, and holds no thread meanwhile.
 *
 * @param permits tokens that come in a period, evenly
 * @param per the period
 * @param burst tokens the bucket holds; it is full at first
 * @param key what has a bucket of its own
 * @param name shared by all that declare it; empty for the workflow's or the step's own
 */
public record RateLimit(int permits, Duration per, int burst, Key key, String name) implements StartPolicy, StepPolicy {

    public RateLimit {
        if (permits < 1 || burst < 1) {
            throw new IllegalArgumentException(
                    "permits and burst must be at least 1, were " + permits + " and " + burst);
        }
        if (per.isZero() || per.isNegative()) {
            throw new IllegalArgumentException("The period of a rate limit must be positive, was " + per);
        }
    }

    /** All together, the whole period's permits at once if need be. */
    public static RateLimit of(int permits, Duration per) {
        return new RateLimit(permits, per, permits, Key.NONE, "");
    }

    /** A bucket for each value at this JSON pointer into the input. */
    public RateLimit perKey(String pointer) {
        return new RateLimit(permits, per, burst, Key.at(pointer), name);
    }

    /** As {@link #perKey}, for a key that durable code has at hand. */
    public RateLimit forKey(Object value) {
        return new RateLimit(permits, per, burst, Key.of(value), name);
    }

    public RateLimit burst(int tokens) {
        return new RateLimit(permits, per, tokens, key, name);
    }

    /** Counted with everything of this name. */
    public RateLimit named(String shared) {
        return new RateLimit(permits, per, burst, key, shared);
    }
}
