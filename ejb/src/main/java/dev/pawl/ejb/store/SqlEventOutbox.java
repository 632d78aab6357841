package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.ejb.store.sql.CurrentConnection.SqlWork;
import dev.pawl.ejb.store.sql.Dialect;
import dev.pawl.ejb.store.sql.OutboxMoves;
import dev.pawl.ejb.store.sql.OutboxRows;
import dev.pawl.ejb.store.sql.OutboxRows.Found;
import dev.pawl.engine.model.EntryKey;
import dev.pawl.engine.model.OutboxLane;
import dev.pawl.engine.port.EventOutbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The outbox in the database. Of all servers one relays at a time: the one whose transaction holds the duty. */
public final class SqlEventOutbox implements EventOutbox {

    private static final String DUTY = "relay";

    private final CurrentConnection connection;
    private final Dialect dialect;

    public SqlEventOutbox(CurrentConnection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    @Override
    public List<Waiting> peek(OutboxLane lane, int max, Instant now) {
        return connection.call("look at the outbox", current -> OutboxRows.names(current, lane, max, now));
    }

    @Override
    public Batch lock(OutboxLane lane, Collection<EntryKey> keys) {
        return onDuty("lock " + keys.size() + " entries of the outbox", new Batch(List.of(), 0), current -> {
            Found found = OutboxRows.named(current, lane, keys);
            return new Batch(deliverable(current, lane, found), found.size());
        });
    }

    private static List<Entry> deliverable(Connection current, OutboxLane lane, Found found) throws SQLException {
        if (!found.behind().isEmpty()) {
            OutboxMoves.setAside(current, found.behind());
        }
        if (!found.gone().isEmpty()) {
            remove(current, lane, found.gone());
        }
        return found.entries();
    }

    private static void remove(Connection current, OutboxLane lane, Collection<EntryKey> keys) throws SQLException {
        if (lane == OutboxLane.FRESH) {
            OutboxMoves.removeFresh(current, keys);
        } else {
            OutboxMoves.removeLate(current, keys);
        }
    }

    @Override
    public void delivered(Collection<Entry> entries) {
        if (!entries.isEmpty()) {
            connection.call("close " + entries.size() + " relayed entries", current -> {
                Map<OutboxLane, List<EntryKey>> lanes = entries.stream()
                        .collect(Collectors.groupingBy(
                                Entry::lane, Collectors.mapping(Entry::key, Collectors.toList())));
                for (Map.Entry<OutboxLane, List<EntryKey>> lane : lanes.entrySet()) {
                    remove(current, lane.getKey(), lane.getValue());
                }
                return entries;
            });
        }
    }

    @Override
    public boolean postpone(Waiting entry, Instant due, String reason) {
        return onDuty(
                "postpone an entry of run " + entry.key().run(),
                false,
                current -> OutboxMoves.postpone(current, entry, due, reason));
    }

    @Override
    public boolean bury(Waiting entry, String reason, Instant now) {
        return onDuty(
                "bury an entry of run " + entry.key().run(),
                false,
                current -> OutboxMoves.bury(current, entry, reason, now));
    }

    /** @param otherwise the answer when another transaction relays */
    private <T> T onDuty(String what, T otherwise, SqlWork<T> work) {
        return connection.call(what, current -> dialect.takeDuty(current, DUTY) ? work.on(current) : otherwise);
    }
}
