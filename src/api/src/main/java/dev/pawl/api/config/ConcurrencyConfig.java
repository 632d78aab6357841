package dev.pawl.api.config;

import java.time.Duration;

/**
 * How a stage goes through many pieces of work.
 *
 * @param parallel pieces worked on at the same time, 1 to 100; default 5
 * @param batchSize pieces handed on together, 1 to 1,000; default 10
 * @param delay pause between two batches, up to an hour; default none
 * @param maxRetries repeats of one piece before the stage fails, 0 to 10; default 3
 */
public record ConcurrencyConfig(int parallel, int batchSize, Duration delay, int maxRetries) {

    public static final ConcurrencyConfig DEFAULT = new ConcurrencyConfig(5, 10, Duration.ZERO, 3);

    public ConcurrencyConfig {
        Range.check("parallel", parallel, 1, 100);
        Range.check("batchSize", batchSize, 1, 1_000);
        Range.check("delay", delay, Duration.ZERO, Duration.ofHours(1));
        Range.check("maxRetries", maxRetries, 0, 10);
    }

    public ConcurrencyConfig withParallel(int value) {
        return new ConcurrencyConfig(value, batchSize, delay, maxRetries);
    }

    public ConcurrencyConfig withBatchSize(int value) {
        return new ConcurrencyConfig(parallel, value, delay, maxRetries);
    }

    public ConcurrencyConfig withDelay(Duration value) {
        return new ConcurrencyConfig(parallel, batchSize, value, maxRetries);
    }

    public ConcurrencyConfig withMaxRetries(int value) {
        return new ConcurrencyConfig(parallel, batchSize, delay, value);
    }
}
