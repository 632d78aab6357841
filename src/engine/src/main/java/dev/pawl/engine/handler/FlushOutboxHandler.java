package dev.pawl.engine.handler;

import dev.pawl.engine.command.FlushOutbox;
import dev.pawl.engine.command.OutboxEntryKey;
import dev.pawl.engine.port.EventOutbox;
import java.util.List;

/** Hands recorded events to the sink; the transaction that takes them from the outbox covers a transactional sink too. */
final class FlushOutboxHandler implements Handler<FlushOutbox, FlushOutbox.Flushed> {

    @Override
    public FlushOutbox.Flushed handle(FlushOutbox command, UnitOfWork work) {
        List<EventOutbox.Entry> due = work.ports().outbox().lockDue(command.max(), work.now());
        List<EventOutbox.Entry> wanted = due.stream()
                .filter(entry ->
                        command.only().map(key -> key.equals(keyOf(entry))).orElse(true))
                .toList();
        if (!wanted.isEmpty()) {
            work.ports().sink().publish(wanted);
            work.ports().outbox().delivered(wanted);
        }
        return new FlushOutbox.Flushed(wanted.size(), due.size() == command.max());
    }

    static OutboxEntryKey keyOf(EventOutbox.Entry entry) {
        return new OutboxEntryKey(entry.run(), entry.firstSequence());
    }
}
