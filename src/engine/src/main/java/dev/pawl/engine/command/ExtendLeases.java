package dev.pawl.engine.command;

import dev.pawl.engine.model.StepKey;
import dev.pawl.engine.model.WorkerId;
import java.time.Duration;
import java.util.Set;

/** A worker's heartbeat: it goes on with everything it holds. */
public record ExtendLeases(WorkerId worker, Duration leaseFor) implements Command<ExtendLeases.Held> {

    public record Held(Set<StepKey> steps) {}

    @Override
    public String type() {
        return "lease.extend";
    }

    @Override
    public Class<Held> resultType() {
        return Held.class;
    }
}
