package dev.pawl.engine.command;

import java.util.List;

/** Names the entries that are due to be relayed, and leaves them as they are. */
public record PeekOutbox(int max) implements Command<PeekOutbox.Due> {

    public record Due(List<OutboxEntryKey> entries) {}

    @Override
    public String type() {
        return "outbox.peek";
    }

    @Override
    public Class<Due> resultType() {
        return Due.class;
    }
}
