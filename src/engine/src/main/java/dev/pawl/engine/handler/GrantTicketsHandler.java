package dev.pawl.engine.handler;

import dev.pawl.engine.command.GrantTickets;
import dev.pawl.engine.handler.Room.LaneRoom;
import dev.pawl.engine.model.limit.Lane;
import dev.pawl.engine.model.limit.Ticket;
import dev.pawl.engine.model.limit.TicketState;
import dev.pawl.engine.port.LimitStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Sees to one scope, under its lock: tickets that came, began or were given back are taken note of, and then each lane with
 * something waiting gets one ticket in, in turn, for as long as there is room. So what a lane has waiting makes no
 * difference to the others.
 */
final class GrantTicketsHandler implements Handler<GrantTickets, GrantTickets.Granted> {

    /** For a step that was let in to be taken up by a worker. */
    static final Duration TO_BE_TAKEN_UP = Duration.ofMinutes(1);

    private static final int SETTLED_AT_ONCE = 500;
    private static final int READ_AT_ONCE = 20;
    private static final Duration ONE_TURN = Duration.ofNanos(1_000);

    @Override
    public GrantTickets.Granted handle(GrantTickets command, UnitOfWork work) {
        LimitStore store = work.ports().limits();
        store.lock(command.scope());
        Room room = new Room(store, command.scope(), work.now());
        int settled = settle(command.scope(), room, work);
        room.save();
        Round round = new Round(command, new Room(store, command.scope(), work.now()), work);
        int granted = round.grant();
        return new GrantTickets.Granted(granted, settled == SETTLED_AT_ONCE || round.hasMore());
    }

    /** What came or went makes its lane worth a look. */
    private static int settle(String scope, Room room, UnitOfWork work) {
        LimitStore store = work.ports().limits();
        List<Ticket> unsettled = store.unsettled(scope, work.now(), SETTLED_AT_ONCE);
        List<String> gone = new ArrayList<>();
        Set<String> lanes = new TreeSet<>();
        for (Ticket ticket : unsettled) {
            lanes.add(ticket.lane());
            switch (ticket.state()) {
                case NEW -> store.change(ticket.in(TicketState.WAITING), TicketState.NEW);
                case BEGUN -> store.change(ticket.in(TicketState.HELD), TicketState.BEGUN);
                default -> gone.add(ticket.holder());
            }
        }
        store.remove(gone);
        for (String name : lanes) {
            LaneRoom lane = room.lane(name);
            lane.set(lane.lane().due(work.now()));
        }
        return unsettled.size();
    }

    /** Turns over the lanes that are due. */
    private static final class Round {
        private final GrantTickets command;
        private final Room room;
        private final UnitOfWork work;
        private final LimitStore store;
        private final Deque<Waiting> turns = new ArrayDeque<>();
        private Instant turn;
        private boolean isFull;
        private boolean readAll;

        Round(GrantTickets command, Room room, UnitOfWork work) {
            this.command = command;
            this.room = room;
            this.work = work;
            this.store = work.ports().limits();
            this.turn = work.now();
        }

        /** A lane, and those of its tickets that have been read. */
        private final class Waiting {
            private final LaneRoom lane;
            private final Deque<Ticket> tickets = new ArrayDeque<>();

            Waiting(LaneRoom lane) {
                this.lane = lane;
            }

            Optional<Ticket> next() {
                if (tickets.isEmpty()) {
                    tickets.addAll(store.waiting(command.scope(), lane.lane().name(), work.now(), READ_AT_ONCE));
                }
                return Optional.ofNullable(tickets.poll());
            }
        }

        int grant() {
            List<Lane> due = store.due(command.scope(), work.now(), command.max());
            readAll = due.size() < command.max();
            for (Lane lane : due) {
                turns.add(new Waiting(room.known(lane)));
                turn = lane.turn().isAfter(turn) ? lane.turn() : turn;
            }
            int granted = 0;
            while (granted < command.max() && !isFull && !turns.isEmpty()) {
                granted += serve(turns.remove()) ? 1 : 0;
            }
            room.save();
            return granted;
        }

        boolean hasMore() {
            return !isFull && (!readAll || !turns.isEmpty());
        }

        /** Lets the lane's next ticket in, or finds out when to come back to the lane. */
        private boolean serve(Waiting waiting) {
            LaneRoom lane = waiting.lane;
            Optional<Ticket> next = waiting.next();
            if (next.isEmpty()) {
                String name = lane.lane().name();
                lane.set(lane.lane()
                        .due(store.nextNotBefore(command.scope(), name, work.now())
                                .orElse(null)));
                return false;
            }
            Optional<Room.Lack> lack = room.take(lane, next.get().limits());
            if (lack.isPresent()) {
                switch (lack.get()) {
                    case IN_SCOPE -> isFull = true;
                    case IN_LANE -> lane.set(lane.lane().due(null));
                    case OF_TOKENS -> lane.set(lane.lane().due(lane.nextToken()));
                }
                return false;
            }
            turns.add(waiting);
            if (!letIn(next.get())) {
                room.giveBack(lane);
                return false;
            }
            turn = turn.plus(ONE_TURN);
            lane.set(lane.lane().served(turn));
            return true;
        }

        private boolean letIn(Ticket ticket) {
            Ticket granted = ticket.in(TicketState.GRANTED);
            return store.change(
                    ticket.step() == null
                            ? granted
                            : granted.leased(null, work.now().plus(TO_BE_TAKEN_UP)),
                    TicketState.WAITING);
        }
    }
}
