package dev.pawl.engine.command;

import dev.pawl.engine.model.limit.Breaker;
import java.util.Map;

/** All circuit breakers that are not closed. */
public record ReadBreakers() implements Command<ReadBreakers.NotClosed> {

    public record NotClosed(Map<String, Breaker> byName) {}

    @Override
    public String type() {
        return "breaker.read";
    }

    @Override
    public Class<NotClosed> resultType() {
        return NotClosed.class;
    }
}
