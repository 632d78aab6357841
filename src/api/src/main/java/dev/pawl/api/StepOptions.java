package dev.pawl.api;

import java.time.Duration;

/**
 * How a step of a durable workflow is executed.
 *
 * @param retry repeats of a failed attempt; between attempts the run is suspended and holds nothing
 * @param timeout after which the step's thread is interrupted and the attempt has failed; zero for no limit
 */
public record StepOptions(Retry retry, Duration timeout) {

    /** {@link Retry#DEFAULT} and no timeout. */
    public static final StepOptions DEFAULT = new StepOptions(Retry.DEFAULT, Duration.ZERO);

    public StepOptions {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("timeout must not be negative, was " + timeout);
        }
    }

    public static StepOptions retry(Retry retry) {
        return DEFAULT.withRetry(retry);
    }

    public static StepOptions timeout(Duration timeout) {
        return DEFAULT.withTimeout(timeout);
    }

    /** A single attempt. */
    public static StepOptions once() {
        return retry(Retry.none());
    }

    public StepOptions withRetry(Retry value) {
        return new StepOptions(value, timeout);
    }

    public StepOptions withTimeout(Duration value) {
        return new StepOptions(retry, value);
    }
}
