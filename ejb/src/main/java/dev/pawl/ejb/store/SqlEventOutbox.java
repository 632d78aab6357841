package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.ejb.store.sql.Dialect;
import dev.pawl.ejb.store.sql.OutboxRows;
import dev.pawl.engine.port.EventOutbox;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

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
    public List<Entry> lockDue(int max, Instant now) {
        return connection.call("look at the outbox", current -> {
            List<Entry> due = List.of();
            if (dialect.takeDuty(current, DUTY)) {
                due = OutboxRows.due(current, max, now);
            }
            return due;
        });
    }

    @Override
    public void delivered(Collection<Entry> entries) {
        if (!entries.isEmpty()) {
            connection.call("close " + entries.size() + " relayed entries", current -> {
                dialect.removeEntries(current, entries);
                return entries;
            });
        }
    }

    @Override
    public void postpone(Entry entry, Instant due, String reason) {
        connection.call("postpone an entry of run " + entry.run(), current -> {
            OutboxRows.postpone(current, entry, due, reason);
            return entry;
        });
    }

    @Override
    public void bury(Entry entry, String reason, Instant now) {
        connection.call("bury an entry of run " + entry.run(), current -> {
            OutboxRows.bury(current, entry, now, reason);
            return entry;
        });
    }
}
