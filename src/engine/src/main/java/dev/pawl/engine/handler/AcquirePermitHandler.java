package dev.pawl.engine.handler;

import dev.pawl.engine.command.AcquirePermit;
import dev.pawl.engine.command.AcquirePermit.Answer;
import dev.pawl.engine.command.AcquirePermit.Verdict;
import dev.pawl.engine.model.limit.Limits;
import dev.pawl.engine.model.limit.Ticket;
import dev.pawl.engine.model.limit.TicketState;
import dev.pawl.engine.port.LimitStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Lets a step in if there is room and nobody waits before it; else gives it a place in its lane. */
final class AcquirePermitHandler implements Handler<AcquirePermit, Answer> {

    @Override
    public Answer handle(AcquirePermit command, UnitOfWork work) {
        LimitStore store = work.ports().limits();
        store.lock(command.scope());
        Optional<Ticket> own = store.find(command.holder());
        if (own.isPresent() && own.get().state() != TicketState.DONE) {
            return again(own.get(), command, work);
        }
        own.ifPresent(left -> store.remove(List.of(left.holder())));
        return first(command, work);
    }

    private static Answer again(Ticket own, AcquirePermit command, UnitOfWork work) {
        LimitStore store = work.ports().limits();
        if (own.state().isIn()) {
            Instant until = work.now().plus(command.leaseFor());
            store.change(own.in(TicketState.HELD).leased(command.owner(), until), own.state());
            return new Answer(Verdict.GO, null);
        }
        Instant deadline = deadline(own, command);
        if (deadline != null && !work.now().isBefore(deadline)) {
            store.remove(List.of(own.holder()));
            return new Answer(Verdict.TIMEOUT, null);
        }
        return new Answer(Verdict.WAIT, deadline);
    }

    private static @org.jspecify.annotations.Nullable Instant deadline(Ticket ticket, AcquirePermit command) {
        return command.maxWait() == null ? null : ticket.createdAt().plus(command.maxWait());
    }

    private static Answer first(AcquirePermit command, UnitOfWork work) {
        LimitStore store = work.ports().limits();
        Limits limits = command.limits();
        int ahead = store.waiting(command.scope(), command.lane());
        Room room = new Room(store, command.scope(), work.now());
        Ticket ticket = new Ticket(
                command.holder(),
                command.run(),
                command.step(),
                command.scope(),
                command.lane(),
                TicketState.NEW,
                command.priority(),
                work.now(),
                work.now(),
                null,
                null,
                limits);
        if (ahead == 0 && room.take(room.lane(command.lane()), limits).isEmpty()) {
            room.save();
            if (!limits.isHeld()) {
                return new Answer(Verdict.GO_FREELY, null);
            }
            store.add(ticket.in(TicketState.HELD)
                    .leased(command.owner(), work.now().plus(command.leaseFor())));
            return new Answer(Verdict.GO, null);
        }
        if (limits.queue() != Limits.ANY && ahead >= limits.queue()) {
            return new Answer(Verdict.FULL, null);
        }
        store.add(ticket);
        work.ports().afterCommit().run(work.ports().doorbell()::limits);
        return new Answer(Verdict.WAIT, deadline(ticket, command));
    }
}
