package dev.pawl.engine.command;

import java.util.Optional;

/**
 * Relays recorded events to the sink.
 *
 * @param max entries at most
 * @param only relays this entry alone, if it is due
 */
public record FlushOutbox(int max, Optional<OutboxEntryKey> only) implements Command<FlushOutbox.Flushed> {

    /** @param more whether there may be more to relay at once */
    public record Flushed(int delivered, boolean more) {}

    public FlushOutbox(int max) {
        this(max, Optional.empty());
    }

    @Override
    public String type() {
        return "outbox.flush";
    }

    @Override
    public Class<Flushed> resultType() {
        return Flushed.class;
    }
}
