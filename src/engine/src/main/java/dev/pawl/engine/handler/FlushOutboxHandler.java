package dev.pawl.engine.handler;

import dev.pawl.engine.command.FlushOutbox;
import dev.pawl.engine.port.EventOutbox;

/** Hands recorded events to the sink; the transaction that takes them from the outbox covers a transactional sink too. */
final class FlushOutboxHandler implements Handler<FlushOutbox, FlushOutbox.Flushed> {

    @Override
    public FlushOutbox.Flushed handle(FlushOutbox command, UnitOfWork work) {
        EventOutbox outbox = work.ports().outbox();
        EventOutbox.Batch due = command.only().isEmpty()
                ? outbox.lockDue(command.lane(), command.max(), work.now())
                : new EventOutbox.Batch(outbox.lock(command.lane(), command.only()), false);
        if (!due.entries().isEmpty()) {
            work.ports().sink().publish(due.entries());
            outbox.delivered(due.entries());
        }
        return new FlushOutbox.Flushed(due.entries().size(), due.more());
    }
}
