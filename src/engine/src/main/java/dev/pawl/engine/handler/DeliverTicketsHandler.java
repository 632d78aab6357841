package dev.pawl.engine.handler;

import dev.pawl.engine.command.DeliverTickets;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.model.StepStatus;
import dev.pawl.engine.model.limit.Hold;
import dev.pawl.engine.model.limit.Ticket;
import dev.pawl.engine.model.limit.TicketState;
import dev.pawl.engine.port.LimitStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes runs that were let in claimable, and brings steps forward. A transaction of its own, because whoever lets in holds
 * the scope's lock, and runs are locked before scopes. A step that is at a worker is told when it has left that.
 */
final class DeliverTicketsHandler implements Handler<DeliverTickets, DeliverTickets.Delivered> {

    @Override
    public DeliverTickets.Delivered handle(DeliverTickets command, UnitOfWork work) {
        LimitStore store = work.ports().limits();
        List<Ticket> granted = store.granted(command.max());
        work.lock(granted.stream().map(Ticket::run).toList());
        List<String> unwanted = new ArrayList<>();
        int delivered = 0;
        for (Ticket ticket : granted) {
            Optional<Run> run =
                    work.find(ticket.run()).filter(found -> !found.status().isFinished());
            if (run.isEmpty()) {
                unwanted.add(ticket.holder());
            } else if (ticket.step() == null) {
                delivered += letStart(run.get(), ticket, store) ? 1 : 0;
            } else {
                delivered += letGoOn(run.get(), ticket, unwanted, work) ? 1 : 0;
            }
        }
        if (!unwanted.isEmpty()) {
            store.done(unwanted);
            work.ports().afterCommit().run(work.ports().doorbell()::limits);
        }
        return new DeliverTickets.Delivered(delivered);
    }

    private static boolean letStart(Run run, Ticket ticket, LimitStore store) {
        Hold hold = run.state().hold();
        boolean tells = hold != null && hold.tellsBegin() && run.status() == RunStatus.PENDING;
        if (!store.change(ticket.in(tells ? TicketState.READY : TicketState.HELD), TicketState.GRANTED)) {
            return false;
        }
        if (hold != null) {
            run.hold(hold.released());
        }
        return true;
    }

    private static boolean letGoOn(Run run, Ticket ticket, List<String> unwanted, UnitOfWork work) {
        Optional<StepState> step = run.step(String.valueOf(ticket.step()))
                .filter(found -> found.status().isOpen());
        if (step.isEmpty()) {
            unwanted.add(ticket.holder());
            return false;
        }
        if (step.get().status() == StepStatus.RUNNING || step.get().lease() != null) {
            return false;
        }
        if (!work.ports().limits().change(ticket.in(TicketState.HELD), TicketState.GRANTED)) {
            return false;
        }
        if (!step.get().isDue(work.now())) {
            run.bringForward(step.get().id(), work.now());
        }
        return true;
    }
}
