package dev.pawl.engine.command;

/** Relays recorded events to the sink. */
public record FlushOutbox(int max) implements Command<FlushOutbox.Flushed> {

    /** @param more whether there may be more to relay at once */
    public record Flushed(int delivered, int postponed, int dead, boolean more) {}

    @Override
    public String type() {
        return "outbox.flush";
    }

    @Override
    public Class<Flushed> resultType() {
        return Flushed.class;
    }
}
