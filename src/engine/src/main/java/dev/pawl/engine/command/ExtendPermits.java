package dev.pawl.engine.command;

import dev.pawl.engine.model.WorkerId;
import java.time.Duration;

/** A worker lives, and so do the places its steps hold. */
public record ExtendPermits(WorkerId worker, Duration leaseFor) implements Command<ExtendPermits.Extended> {

    public record Extended(int permits) {}

    @Override
    public String type() {
        return "permit.extend";
    }

    @Override
    public Class<Extended> resultType() {
        return Extended.class;
    }
}
