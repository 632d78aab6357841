package dev.pawl.engine.command;

import dev.pawl.api.flow.CircuitBreaker;
import dev.pawl.engine.model.limit.Breaker;

/** Tells a circuit breaker how a call ended: any probe, and of other calls those that failed. */
public record TellBreaker(CircuitBreaker breaker, boolean isProbe, boolean succeeded)
        implements Command<TellBreaker.Now> {

    /** As it has become. */
    public record Now(Breaker breaker) {}

    @Override
    public String type() {
        return "breaker.tell";
    }

    @Override
    public Class<Now> resultType() {
        return Now.class;
    }
}
