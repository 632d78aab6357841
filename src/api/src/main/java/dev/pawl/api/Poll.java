package dev.pawl.api;

import java.time.Duration;
import java.util.Optional;

/**
 * How a suspended stage is asked whether its work has ended.
 *
 * @param every pause between polls
 * @param maxWait after this time, counted from the suspension, the stage has failed with {@code MAX_WAIT_EXCEEDED}
 * @param firstCheckIn pause before the first poll where it is another one
 */
public record Poll(Duration every, Duration maxWait, Optional<Duration> firstCheckIn) {

    /** What a stage waits at most when it names nothing. */
    public static final Duration DEFAULT_MAX_WAIT = Duration.ofHours(24);

    private static final Duration SHORTEST = Duration.ofMillis(100);

    public Poll {
        if (every.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("polls are at least " + SHORTEST + " apart, not " + every);
        }
        if (maxWait.isNegative() || maxWait.isZero()) {
            throw new IllegalArgumentException("maxWait must be positive, was " + maxWait);
        }
        if (firstCheckIn.isPresent() && firstCheckIn.get().isNegative()) {
            throw new IllegalArgumentException("firstCheckIn must not be negative, was " + firstCheckIn.get());
        }
    }

    public static Poll every(Duration pause) {
        return new Poll(pause, DEFAULT_MAX_WAIT, Optional.empty());
    }

    public Poll forAtMost(Duration value) {
        return new Poll(every, value, firstCheckIn);
    }

    public Poll firstCheckIn(Duration value) {
        return new Poll(every, maxWait, Optional.of(value));
    }
}
