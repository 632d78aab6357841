package dev.pawl.engine.handler;

import dev.pawl.engine.command.FlushOutbox;
import dev.pawl.engine.model.EntryName;
import dev.pawl.engine.port.EventOutbox;
import java.util.List;

/** Hands recorded events to the sink; the transaction that takes them from the outbox covers a transactional sink too. */
final class FlushOutboxHandler implements Handler<FlushOutbox, FlushOutbox.Flushed> {

    @Override
    public FlushOutbox.Flushed handle(FlushOutbox command, UnitOfWork work) {
        work.ports().sink().join();
        EventOutbox outbox = work.ports().outbox();
        List<EntryName> wanted = command.only();
        if (wanted.isEmpty()) {
            wanted = outbox.peek(command.lane(), command.max(), work.now());
        }
        EventOutbox.Batch due = outbox.lock(wanted);
        if (!due.due().isEmpty()) {
            work.ports().sink().publish(due.entries());
            outbox.delivered(due.names());
        }
        boolean more = due.found() > 0 && (!command.only().isEmpty() || wanted.size() == command.max());
        return new FlushOutbox.Flushed(due.due().size(), more);
    }
}
