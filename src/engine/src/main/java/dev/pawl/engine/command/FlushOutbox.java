package dev.pawl.engine.command;

import dev.pawl.engine.model.EntryName;
import dev.pawl.engine.model.OutboxLane;
import java.util.List;

/**
 * Relays recorded events to the sink.
 *
 * @param max entries at most
 * @param lane which entries; those that failed before are tried apart from the others
 * @param only when there are any, relays these alone, as far as they are there
 */
public record FlushOutbox(int max, OutboxLane lane, List<EntryName> only) implements Command<FlushOutbox.Flushed> {

    /**
     * The answer.
     *
     * @param more whether there may be more to relay at once; of named entries, whether any was there
     */
    public record Flushed(int delivered, boolean more) {}

    public FlushOutbox {
        only = List.copyOf(only);
    }

    public FlushOutbox(int max) {
        this(max, OutboxLane.FRESH, List.of());
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
