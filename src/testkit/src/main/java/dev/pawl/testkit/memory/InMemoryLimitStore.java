package dev.pawl.testkit.memory;

import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.limit.Lane;
import dev.pawl.engine.model.limit.Ticket;
import dev.pawl.engine.model.limit.TicketState;
import dev.pawl.engine.port.LimitStore;
import dev.pawl.testkit.memory.Rows.LaneKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Tickets and lanes in memory. */
final class InMemoryLimitStore implements LimitStore {

    private static final Comparator<Ticket> OLDEST_FIRST =
            Comparator.comparing(Ticket::createdAt).thenComparing(Ticket::holder);
    private static final Comparator<Ticket> BY_PRIORITY =
            Comparator.comparing(Ticket::priority).reversed().thenComparing(OLDEST_FIRST);

    private record ScopeLock(String scope) {}

    private record TicketLock(String holder) {}

    private final Transactions transactions;
    private final Rows rows;

    InMemoryLimitStore(Transactions transactions, Rows rows) {
        this.transactions = transactions;
        this.rows = rows;
    }

    @Override
    public void lock(String scope) {
        transactions.lock(new ScopeLock(scope));
    }

    @Override
    public void add(Ticket ticket) {
        transactions.lock(new TicketLock(ticket.holder()));
        if (rows.tickets.get(ticket.holder()).isPresent()) {
            throw new IllegalStateException("There is a ticket of " + ticket.holder() + " already");
        }
        rows.tickets.put(ticket.holder(), ticket);
    }

    @Override
    public Optional<Ticket> find(String holder) {
        return transactions.statement(() -> rows.tickets.get(holder));
    }

    @Override
    public boolean change(Ticket ticket, TicketState from) {
        transactions.lock(new TicketLock(ticket.holder()));
        boolean is = rows.tickets
                .get(ticket.holder())
                .filter(stored -> stored.state() == from)
                .isPresent();
        if (is) {
            rows.tickets.put(ticket.holder(), ticket);
        }
        return is;
    }

    @Override
    public void begun(Collection<RunId> runs) {
        for (RunId run : runs) {
            move(run.value(), ticket -> ticket.state() == TicketState.READY, TicketState.BEGUN);
        }
    }

    @Override
    public int done(Collection<String> holders) {
        return (int) holders.stream()
                .sorted()
                .filter(holder -> move(holder, ticket -> ticket.state() != TicketState.DONE, TicketState.DONE))
                .count();
    }

    private boolean move(String holder, Predicate<Ticket> when, TicketState to) {
        transactions.lock(new TicketLock(holder));
        Optional<Ticket> stored = rows.tickets.get(holder).filter(when);
        stored.ifPresent(ticket -> rows.tickets.put(holder, ticket.in(to)));
        return stored.isPresent();
    }

    @Override
    public void remove(Collection<String> holders) {
        holders.forEach(holder -> {
            transactions.lock(new TicketLock(holder));
            rows.tickets.remove(holder);
        });
    }

    @Override
    public List<Ticket> unsettled(String scope, Instant now, int max) {
        return select(ticket -> ticket.scope().equals(scope) && isUnsettled(ticket, now), OLDEST_FIRST, max);
    }

    @Override
    public List<Ticket> waiting(String scope, String lane, Instant now, int max) {
        return select(
                ticket -> isOf(ticket, scope, lane)
                        && ticket.state() == TicketState.WAITING
                        && !ticket.notBefore().isAfter(now),
                BY_PRIORITY,
                max);
    }

    @Override
    public Optional<Ticket> oldestWaiting(String scope, String lane) {
        return select(ticket -> isOf(ticket, scope, lane) && isWaiting(ticket), OLDEST_FIRST, 1).stream()
                .findFirst();
    }

    @Override
    public Optional<Instant> nextNotBefore(String scope, String lane, Instant now) {
        return all().filter(ticket -> isOf(ticket, scope, lane)
                        && ticket.state() == TicketState.WAITING
                        && ticket.notBefore().isAfter(now))
                .map(Ticket::notBefore)
                .min(Instant::compareTo);
    }

    @Override
    public Count in(String scope) {
        List<Ticket> in = all().filter(ticket -> ticket.scope().equals(scope))
                .filter(ticket -> ticket.state().isIn())
                .toList();
        long unbegun = in.stream()
                .filter(ticket -> ticket.state() == TicketState.GRANTED || ticket.state() == TicketState.READY)
                .count();
        return new Count(in.size(), (int) unbegun);
    }

    @Override
    public int in(String scope, String lane) {
        return (int) all().filter(ticket -> isOf(ticket, scope, lane))
                .filter(ticket -> ticket.state().isIn())
                .count();
    }

    @Override
    public int waiting(String scope, String lane) {
        return (int) all().filter(ticket -> isOf(ticket, scope, lane))
                .filter(InMemoryLimitStore::isWaiting)
                .count();
    }

    @Override
    public List<Ticket> granted(int max) {
        return select(ticket -> ticket.state() == TicketState.GRANTED, OLDEST_FIRST, max);
    }

    @Override
    public int extend(String owner, Instant until) {
        List<String> held = all().filter(ticket -> owner.equals(ticket.owner()))
                .map(Ticket::holder)
                .toList();
        int extended = 0;
        for (String holder : held) {
            transactions.lock(new TicketLock(holder));
            Optional<Ticket> ticket = rows.tickets.get(holder).filter(stored -> owner.equals(stored.owner()));
            ticket.ifPresent(stored -> rows.tickets.put(holder, stored.leased(owner, until)));
            extended += ticket.isPresent() ? 1 : 0;
        }
        return extended;
    }

    @Override
    public Optional<Lane> lane(String scope, String name) {
        return transactions.statement(() -> rows.lanes.get(new LaneKey(scope, name)));
    }

    @Override
    public List<Lane> due(String scope, Instant now, int max) {
        return lanes().filter(lane -> lane.scope().equals(scope) && isDue(lane, now))
                .sorted(Comparator.comparing(Lane::turn).thenComparing(Lane::name))
                .limit(max)
                .toList();
    }

    @Override
    public void save(Lane lane) {
        rows.lanes.put(new LaneKey(lane.scope(), lane.name()), lane);
    }

    @Override
    public List<String> scopes(Instant now, int max) {
        return Stream.concat(
                        all().filter(ticket -> isUnsettled(ticket, now)).map(Ticket::scope),
                        lanes().filter(lane -> isDue(lane, now)).map(Lane::scope))
                .distinct()
                .sorted()
                .limit(max)
                .toList();
    }

    @Override
    public int forget(Instant servedBefore, int max) {
        List<Lane> idle = lanes().filter(
                        lane -> lane.dueAt() == null && lane.turn().isBefore(servedBefore))
                .filter(lane -> all().noneMatch(ticket -> isOf(ticket, lane.scope(), lane.name())))
                .limit(max)
                .toList();
        idle.forEach(lane -> rows.lanes.remove(new LaneKey(lane.scope(), lane.name())));
        return idle.size();
    }

    private Stream<Ticket> all() {
        return transactions.statement(() -> List.copyOf(rows.tickets.rows().values())).stream();
    }

    private Stream<Lane> lanes() {
        return transactions.statement(() -> List.copyOf(rows.lanes.rows().values())).stream();
    }

    private List<Ticket> select(Predicate<Ticket> wanted, Comparator<Ticket> order, int max) {
        return all().filter(wanted).sorted(order).limit(max).toList();
    }

    private static boolean isOf(Ticket ticket, String scope, String lane) {
        return ticket.scope().equals(scope) && ticket.lane().equals(lane);
    }

    private static boolean isWaiting(Ticket ticket) {
        return ticket.state() == TicketState.NEW || ticket.state() == TicketState.WAITING;
    }

    private static boolean isUnsettled(Ticket ticket, Instant now) {
        return ticket.state() == TicketState.NEW
                || ticket.state() == TicketState.BEGUN
                || ticket.state() == TicketState.DONE
                || ticket.leaseUntil() != null && ticket.leaseUntil().isBefore(now);
    }

    private static boolean isDue(Lane lane, Instant now) {
        return lane.dueAt() != null && !lane.dueAt().isAfter(now);
    }
}
