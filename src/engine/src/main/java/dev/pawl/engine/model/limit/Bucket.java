package dev.pawl.engine.model.limit;

import java.time.Duration;
import java.time.Instant;

/**
 * A token bucket as it was at a time.
 *
 * @param tokens what was in it, whole tokens and the part of the next
 */
public record Bucket(double tokens, Instant at) {

    /** Rounding must not keep a token back that is there. */
    private static final double NEARLY = 1e-6;

    public static Bucket full(Rate rate, Instant now) {
        return new Bucket(rate.burst(), now);
    }

    /** The same bucket now; a clock that went back adds nothing. */
    public Bucket filled(Rate rate, Instant now) {
        if (!now.isAfter(at)) {
            return new Bucket(Math.min(tokens, rate.burst()), at);
        }
        double came =
                (double) Duration.between(at, now).toNanos() / rate.perToken().toNanos();
        return new Bucket(Math.min(rate.burst(), tokens + came), now);
    }

    public boolean hasToken() {
        return tokens >= 1 - NEARLY;
    }

    /** Without a token it had. */
    public Bucket taken() {
        return new Bucket(Math.max(0, tokens - 1), at);
    }

    /** When it has a token. */
    public Instant nextToken(Rate rate) {
        return hasToken()
                ? at
                : at.plusNanos((long) Math.ceil((1 - tokens) * rate.perToken().toNanos()) + 1_000);
    }
}
