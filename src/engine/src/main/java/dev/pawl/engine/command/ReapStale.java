package dev.pawl.engine.command;

/** Takes steps back whose lease ran out: each is due again at once, or failed when its attempts are used up. */
public record ReapStale(int max) implements Command<ReapStale.Reaped> {

    public record Reaped(int requeued, int failed) {}

    @Override
    public String type() {
        return "lease.reapStale";
    }

    @Override
    public Class<Reaped> resultType() {
        return Reaped.class;
    }
}
