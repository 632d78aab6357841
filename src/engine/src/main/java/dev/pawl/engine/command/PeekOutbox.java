package dev.pawl.engine.command;

import dev.pawl.engine.model.EntryName;
import dev.pawl.engine.model.OutboxLane;
import java.util.List;

/** Names the entries that are due to be relayed, and leaves them as they are. */
public record PeekOutbox(OutboxLane lane, int max) implements Command<PeekOutbox.Due> {

    public record Due(List<EntryName> entries) {
        public Due {
            entries = List.copyOf(entries);
        }
    }

    @Override
    public String type() {
        return "outbox.peek";
    }

    @Override
    public Class<Due> resultType() {
        return Due.class;
    }
}
