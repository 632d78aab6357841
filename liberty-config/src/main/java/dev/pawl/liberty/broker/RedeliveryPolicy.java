package dev.pawl.liberty.broker;

import java.time.Duration;

/**
 * How often a message is tried before it goes to its dead-letter address, and how long it rests between
 * two tries. The broker holds to it by itself, because the server repeats a failing message for ever.
 *
 * @param maxAttempts tries in all, at least 1
 * @param firstDelay rest after the first failure
 * @param multiplier factor by which the rest grows with each failure, at least 1
 * @param longestDelay bound of the rest
 */
public record RedeliveryPolicy(int maxAttempts, Duration firstDelay, double multiplier, Duration longestDelay) {

    public RedeliveryPolicy {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("maxAttempts must be at least 1, found " + maxAttempts);
        }
        if (firstDelay.isNegative() || longestDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException(
                    "delays must satisfy 0 <= first <= longest, found " + firstDelay + " and " + longestDelay);
        }
        if (multiplier < 1) {
            throw new IllegalArgumentException("multiplier must be at least 1, found " + multiplier);
        }
    }
}
