package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.ejb.store.sql.LaneRows;
import dev.pawl.ejb.store.sql.TicketRows;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.limit.Lane;
import dev.pawl.engine.model.limit.Ticket;
import dev.pawl.engine.model.limit.TicketState;
import dev.pawl.engine.port.LimitStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Tickets and lanes in the database. */
public final class SqlLimitStore implements LimitStore {

    private final CurrentConnection connection;

    public SqlLimitStore(CurrentConnection connection) {
        this.connection = connection;
    }

    @Override
    public void lock(String scope) {
        connection.call("lock limit " + scope, current -> LaneRows.lock(current, scope));
    }

    @Override
    public void add(Ticket ticket) {
        connection.call("add ticket " + ticket.holder(), current -> TicketRows.add(current, ticket));
    }

    @Override
    public Optional<Ticket> find(String holder) {
        return connection.call("find ticket " + holder, current -> TicketRows.find(current, holder));
    }

    @Override
    public boolean change(Ticket ticket, TicketState from) {
        return connection.call("change ticket " + ticket.holder(), current -> TicketRows.change(current, ticket, from));
    }

    @Override
    public void begun(Collection<RunId> runs) {
        if (!runs.isEmpty()) {
            connection.call("begin tickets", current -> TicketRows.begun(current, runs));
        }
    }

    @Override
    public int done(Collection<String> holders) {
        return holders.isEmpty()
                ? 0
                : connection.call("give tickets back", current -> TicketRows.done(current, holders));
    }

    @Override
    public void remove(Collection<String> holders) {
        if (!holders.isEmpty()) {
            connection.call("remove tickets", current -> TicketRows.remove(current, holders));
        }
    }

    @Override
    public List<Ticket> unsettled(String scope, Instant now, int max) {
        return connection.call("read unsettled tickets", current -> TicketRows.unsettled(current, scope, now, max));
    }

    @Override
    public List<Ticket> waiting(String scope, String lane, Instant now, int max) {
        return connection.call("read a lane", current -> TicketRows.waiting(current, scope, lane, now, max));
    }

    @Override
    public Optional<Ticket> oldestWaiting(String scope, String lane) {
        return connection.call("read a lane", current -> TicketRows.oldestWaiting(current, scope, lane));
    }

    @Override
    public Optional<Instant> nextNotBefore(String scope, String lane, Instant now) {
        return connection.call("read a lane", current -> TicketRows.nextNotBefore(current, scope, lane, now));
    }

    @Override
    public Count in(String scope) {
        return connection.call("count tickets", current -> TicketRows.in(current, scope));
    }

    @Override
    public int in(String scope, String lane) {
        return connection.call("count tickets", current -> TicketRows.in(current, scope, lane));
    }

    @Override
    public int waiting(String scope, String lane) {
        return connection.call("count tickets", current -> TicketRows.waiting(current, scope, lane));
    }

    @Override
    public List<Ticket> granted(int max) {
        return connection.call("read granted tickets", current -> TicketRows.granted(current, max));
    }

    @Override
    public int extend(String owner, Instant until) {
        return connection.call("extend tickets", current -> TicketRows.extend(current, owner, until));
    }

    @Override
    public Optional<Lane> lane(String scope, String name) {
        return connection.call("read a lane", current -> LaneRows.find(current, scope, name));
    }

    @Override
    public List<Lane> due(String scope, Instant now, int max) {
        return connection.call("read due lanes", current -> LaneRows.due(current, scope, now, max));
    }

    @Override
    public void save(Lane lane) {
        connection.call("save a lane", current -> LaneRows.save(current, lane));
    }

    @Override
    public List<String> scopes(Instant now, int max) {
        return connection.call("look for limits to see to", current -> TicketRows.scopes(current, now, max));
    }

    @Override
    public int forget(Instant servedBefore, int max) {
        return connection.call("forget lanes", current -> LaneRows.forget(current, servedBefore, max));
    }
}
