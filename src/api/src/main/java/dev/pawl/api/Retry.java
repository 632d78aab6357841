package dev.pawl.api;

import java.time.Duration;
import java.util.Set;

/**
 * How often and how late a failed attempt is repeated.
 *
 * @param backoff how the delay grows
 * @param maxAttempts first attempt included; 1 means no retry
 * @param initialDelay before the second attempt
 * @param multiplier growth per attempt with {@link Backoff#EXPONENTIAL}
 * @param maxDelay no delay is longer
 * @param jitter 0 to 1: the part of the delay that is replaced by a random part of itself
 * @param nonRetryable exception classes, subclasses included, that end the attempts
 */
public record Retry(
        Backoff backoff,
        int maxAttempts,
        Duration initialDelay,
        double multiplier,
        Duration maxDelay,
        double jitter,
        Set<Class<? extends Throwable>> nonRetryable) {

    public enum Backoff {
        FIXED,
        LINEAR,
        EXPONENTIAL
    }

    /** Three attempts, after two seconds and then after four. */
    public static final Retry DEFAULT = exponential(3, Duration.ofSeconds(2));

    public Retry {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts must be at least 1, was " + maxAttempts);
        }
        if (initialDelay.isNegative() || maxDelay.isNegative()) {
            throw new IllegalArgumentException("A retry delay must not be negative");
        }
        if (!(multiplier >= 1)) {
            throw new IllegalArgumentException("multiplier must be at least 1, was " + multiplier);
        }
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter must lie between 0 and 1, was " + jitter);
        }
        nonRetryable = Set.copyOf(nonRetryable);
    }

    public static Retry none() {
        return fixed(1, Duration.ZERO);
    }

    public static Retry fixed(int maxAttempts, Duration delay) {
        return of(Backoff.FIXED, maxAttempts, delay);
    }

    public static Retry linear(int maxAttempts, Duration initialDelay) {
        return of(Backoff.LINEAR, maxAttempts, initialDelay);
    }

    public static Retry exponential(int maxAttempts, Duration initialDelay) {
        return of(Backoff.EXPONENTIAL, maxAttempts, initialDelay);
    }

    private static Retry of(Backoff backoff, int maxAttempts, Duration initialDelay) {
        return new Retry(backoff, maxAttempts, initialDelay, 2, Duration.ofHours(1), 0, Set.of());
    }

    public Retry withMultiplier(double value) {
        return new Retry(backoff, maxAttempts, initialDelay, value, maxDelay, jitter, nonRetryable);
    }

    public Retry withMaxDelay(Duration value) {
        return new Retry(backoff, maxAttempts, initialDelay, multiplier, value, jitter, nonRetryable);
    }

    public Retry withJitter(double value) {
        return new Retry(backoff, maxAttempts, initialDelay, multiplier, maxDelay, value, nonRetryable);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    public final Retry notFor(Class<? extends Throwable>... types) {
        return new Retry(backoff, maxAttempts, initialDelay, multiplier, maxDelay, jitter, Set.of(types));
    }

    /** Whether another attempt may follow this failure of the attempt with this number, counted from 1. */
    public boolean allowsAfter(int attempt, Throwable failure) {
        return attempt < maxAttempts
                && !(failure instanceof NonRetryableException)
                && nonRetryable.stream().noneMatch(type -> type.isInstance(failure));
    }

    /**
     * The delay after the failure of the attempt with this number.
     *
     * @param attempt counted from 1
     * @param random uniform in [0, 1)
     */
    public Duration delayAfter(int attempt, double random) {
        double factor =
                switch (backoff) {
                    case FIXED -> 1;
                    case LINEAR -> attempt;
                    case EXPONENTIAL -> Math.pow(multiplier, attempt - 1.0);
                };
        double millis = Math.min(initialDelay.toMillis() * factor, maxDelay.toMillis());
        return Duration.ofMillis(Math.round(millis * (1 - jitter) + millis * jitter * random));
    }
}
