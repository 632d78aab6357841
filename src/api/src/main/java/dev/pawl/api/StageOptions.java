package dev.pawl.api;

import java.time.Duration;

/**
 * How a stage is executed.
 *
 * @param retry repeats of a failed attempt
 * @param isTransactional whether user code runs inside the engine's JTA transaction, so that its database and JMS work
 *     commits or rolls back together with the step
 * @param timeout after which running user code is interrupted and the attempt has failed; zero for no limit
 */
public record StageOptions(Retry retry, boolean isTransactional, Duration timeout) {

    public static final StageOptions DEFAULT = new StageOptions(Retry.DEFAULT, false, Duration.ZERO);

    public StageOptions {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("timeout must not be negative, was " + timeout);
        }
    }

    public static StageOptions retry(Retry retry) {
        return DEFAULT.withRetry(retry);
    }

    public static StageOptions transactional() {
        return new StageOptions(Retry.DEFAULT, true, Duration.ZERO);
    }

    public StageOptions withRetry(Retry value) {
        return new StageOptions(value, isTransactional, timeout);
    }

    public StageOptions withTimeout(Duration value) {
        return new StageOptions(retry, isTransactional, value);
    }
}
