package dev.pawl.engine.command;

import dev.pawl.engine.model.WorkerId;

/** At start: makes due again what listeners were called with when this node went down. */
public record ReleaseDeliveries(WorkerId worker) implements Command<ReleaseDeliveries.Released> {

    public record Released(int count) {}

    @Override
    public String type() {
        return "listener.release";
    }

    @Override
    public Class<Released> resultType() {
        return Released.class;
    }
}
