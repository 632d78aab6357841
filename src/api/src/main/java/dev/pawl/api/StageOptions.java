package dev.pawl.api;

import dev.pawl.api.flow.StepPolicies;
import dev.pawl.api.flow.StepPolicy;
import java.time.Duration;

/**
 * How a stage is executed.
 *
 * @param retry repeats of a failed attempt
 * @param isTransactional whether user code runs inside the engine's JTA transaction, so that its database and JMS work
 *     commits or rolls back together with the step
 * @param timeout after which running user code is interrupted and the attempt has failed; zero for no limit
 * @param policies flow control of its calls
 */
public record StageOptions(Retry retry, boolean isTransactional, Duration timeout, StepPolicies policies) {

    public static final StageOptions DEFAULT = new StageOptions(Retry.DEFAULT, false, Duration.ZERO);

    public StageOptions {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("timeout must not be negative, was " + timeout);
        }
    }

    /** Without flow control. */
    public StageOptions(Retry retry, boolean isTransactional, Duration timeout) {
        this(retry, isTransactional, timeout, StepPolicies.NONE);
    }

    public static StageOptions retry(Retry retry) {
        return DEFAULT.withRetry(retry);
    }

    public static StageOptions transactional() {
        return new StageOptions(Retry.DEFAULT, true, Duration.ZERO);
    }

    public StageOptions withRetry(Retry value) {
        return new StageOptions(value, isTransactional, timeout, policies);
    }

    public StageOptions withTimeout(Duration value) {
        return new StageOptions(retry, isTransactional, value, policies);
    }

    /** Under these policies, in the place of those there were. */
    public StageOptions with(StepPolicy... value) {
        return new StageOptions(retry, isTransactional, timeout, StepPolicies.of(value));
    }
}
