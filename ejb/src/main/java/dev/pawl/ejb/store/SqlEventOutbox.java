package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.ejb.store.sql.CurrentConnection.SqlWork;
import dev.pawl.ejb.store.sql.Dialect;
import dev.pawl.ejb.store.sql.OutboxMoves;
import dev.pawl.ejb.store.sql.OutboxRows;
import dev.pawl.ejb.store.sql.OutboxRows.Found;
import dev.pawl.engine.model.EntryKey;
import dev.pawl.engine.model.EntryName;
import dev.pawl.engine.model.OutboxLane;
import dev.pawl.engine.port.EventOutbox;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

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
    public List<EntryName> peek(OutboxLane lane, int max, Instant now) {
        return connection.call("look at the outbox", current -> OutboxRows.names(current, lane, max, now));
    }

    @Override
    public Batch lock(Collection<? extends EntryName> names) {
        return onDuty("lock " + names.size() + " entries of the outbox", Batch.NONE, current -> {
            Found found = OutboxRows.named(current, names);
            if (!found.behind().isEmpty()) {
                OutboxMoves.setAside(current, found.behind());
            }
            OutboxMoves.remove(current, found.gone());
            return new Batch(found.due(), found.size());
        });
    }

    @Override
    public void delivered(Collection<? extends EntryName> names) {
        connection.call("close " + names.size() + " relayed entries", current -> {
            OutboxMoves.remove(current, names);
            return names;
        });
    }

    @Override
    public Optional<EntryKey> postpone(EntryName entry, Instant due, String reason) {
        return onDuty(
                "postpone " + entry, Optional.empty(), current -> OutboxMoves.postpone(current, entry, due, reason));
    }

    @Override
    public Optional<EntryKey> bury(EntryName entry, String reason, Instant now) {
        return onDuty("bury " + entry, Optional.empty(), current -> OutboxMoves.bury(current, entry, reason, now));
    }

    /** @param otherwise the answer when another transaction relays */
    private <T> T onDuty(String what, T otherwise, SqlWork<T> work) {
        return connection.call(what, current -> dialect.takeDuty(current, DUTY) ? work.on(current) : otherwise);
    }
}
