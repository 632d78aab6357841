package dev.pawl.api;

import dev.pawl.api.flow.StepPolicies;
import dev.pawl.api.flow.StepPolicy;
import java.time.Duration;

/**
 * How a step of a durable workflow is executed.
 *
 * @param retry repeats of a failed attempt; between attempts the run is suspended and holds nothing
 * @param timeout after which the step's thread is interrupted and the attempt has failed; zero for no limit
 * @param policies flow control of its calls
 */
public record StepOptions(Retry retry, Duration timeout, StepPolicies policies) {

    /** {@link Retry#DEFAULT} and no timeout. */
    public static final StepOptions DEFAULT = new StepOptions(Retry.DEFAULT, Duration.ZERO);

    public StepOptions {
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("timeout must not be negative, was " + timeout);
        }
    }

    /** Without flow control. */
    public StepOptions(Retry retry, Duration timeout) {
        this(retry, timeout, StepPolicies.NONE);
    }

    public static StepOptions retry(Retry retry) {
        return DEFAULT.withRetry(retry);
    }

    public static StepOptions timeout(Duration timeout) {
        return DEFAULT.withTimeout(timeout);
    }

    /** Under these policies. */
    public static StepOptions under(StepPolicy... policies) {
        return DEFAULT.with(policies);
    }

    /** A single attempt. */
    public static StepOptions once() {
        return retry(Retry.none());
    }

    public StepOptions withRetry(Retry value) {
        return new StepOptions(value, timeout, policies);
    }

    public StepOptions withTimeout(Duration value) {
        return new StepOptions(retry, value, policies);
    }

    /** Under these policies, in the place of those there were. */
    public StepOptions with(StepPolicy... value) {
        return new StepOptions(retry, timeout, StepPolicies.of(value));
    }
}
