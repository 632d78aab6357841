package dev.pawl.engine.handler;

import dev.pawl.engine.command.KeepCached;
import dev.pawl.engine.model.limit.Ticket;
import dev.pawl.engine.model.limit.TicketState;
import dev.pawl.engine.port.LimitStore;
import java.time.Instant;
import java.util.List;

/** Keeps a result under the lock of its limit, and lets all in who waited: they find it, and compute nothing. */
final class KeepCachedHandler implements Handler<KeepCached, KeepCached.Kept> {

    private static final int AT_ONCE = 1_000;

    @Override
    public KeepCached.Kept handle(KeepCached command, UnitOfWork work) {
        LimitStore store = work.ports().limits();
        store.lock(command.scope());
        work.ports().cached().keep(command.key(), command.json(), work.now().plus(command.ttl()));
        store.done(List.of(command.holder()));
        Instant until = work.now().plus(GrantTicketsHandler.TO_BE_TAKEN_UP);
        int told = 0;
        for (Ticket ticket : store.waiting(command.scope(), command.lane(), work.now(), AT_ONCE)) {
            boolean in = store.change(ticket.in(TicketState.GRANTED).leased(null, until), TicketState.WAITING);
            told += in ? 1 : 0;
        }
        work.ports().afterCommit().run(work.ports().doorbell()::limits);
        return new KeepCached.Kept(told);
    }
}
