package dev.pawl.engine.command;

import dev.pawl.api.flow.CircuitBreaker;
import dev.pawl.engine.model.limit.Breaker;
import java.time.Duration;

/**
 * Asks a circuit breaker that was seen open whether this call may probe.
 *
 * @param atMost after that the probe counts as lost, and another may begin
 */
public record TakeProbe(CircuitBreaker breaker, Duration atMost) implements Command<TakeProbe.Answer> {

    /** @param breaker as it is now; closed ones let everybody through */
    public record Answer(boolean probes, Breaker breaker) {}

    @Override
    public String type() {
        return "breaker.probe";
    }

    @Override
    public Class<Answer> resultType() {
        return Answer.class;
    }
}
