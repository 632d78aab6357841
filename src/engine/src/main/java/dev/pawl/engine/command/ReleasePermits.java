package dev.pawl.engine.command;

import java.util.Set;

/** Gives places back; those that are nobody's any more are left alone. */
public record ReleasePermits(Set<String> holders) implements Command<ReleasePermits.Released> {

    public record Released(int permits) {}

    @Override
    public String type() {
        return "permit.release";
    }

    @Override
    public Class<Released> resultType() {
        return Released.class;
    }
}
