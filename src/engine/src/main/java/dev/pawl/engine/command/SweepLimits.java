package dev.pawl.engine.command;

/** Forgets cached results that are good no more, and lanes and circuit breakers nobody has needed for a while. */
public record SweepLimits(int max) implements Command<SweepLimits.Swept> {

    public record Swept(int rows) {}

    @Override
    public String type() {
        return "limit.sweep";
    }

    @Override
    public Class<Swept> resultType() {
        return Swept.class;
    }
}
