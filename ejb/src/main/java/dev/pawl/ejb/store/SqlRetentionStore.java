package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.ejb.store.sql.Dialect;
import dev.pawl.ejb.store.sql.OldEvents;
import dev.pawl.ejb.store.sql.OldRows;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.RetentionStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What has been in the database for long. */
public final class SqlRetentionStore implements RetentionStore {

    private static final String DUTY = "retention";

    private final CurrentConnection connection;
    private final Dialect dialect;

    public SqlRetentionStore(CurrentConnection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    @Override
    public boolean takeDuty() {
        return connection.call("see who removes what is old", current -> dialect.takeDuty(current, DUTY));
    }

    @Override
    public Page look(Place place, Instant createdBefore, int max) {
        return connection.call("look for old runs", current -> OldRows.look(current, place, createdBefore, max));
    }

    @Override
    public List<RunId> lock(Collection<OldRun> runs) {
        return runs.isEmpty()
                ? List.of()
                : connection.call("lock " + runs.size() + " old runs", current -> {
                    List<RunId> locked = new ArrayList<>(OldRows.lock(current, runs));
                    locked.removeAll(OldRows.undelivered(current, locked));
                    locked.removeAll(OldRows.unheard(current, locked));
                    return locked;
                });
    }

    @Override
    public void remove(Collection<RunId> runs) {
        if (!runs.isEmpty()) {
            connection.call("remove " + runs.size() + " old runs", current -> {
                OldRows.remove(current, runs);
                return runs;
            });
        }
    }

    @Override
    public int removeKeys(Instant before, int max) {
        return connection.call(
                "remove old keys",
                current -> OldRows.removeBefore(current, dialect, "pawl_idempotency", "created_at", before, max));
    }

    @Override
    public int removeDeadLetters(Instant before, int max) {
        return connection.call(
                "remove old dead letters",
                current -> OldRows.removeBefore(current, dialect, "pawl_dead_letter", "buried_at", before, max));
    }

    @Override
    public int removeEvents(Instant before, int max) {
        return connection.call("remove old events", current -> OldEvents.remove(current, before, max));
    }

    @Override
    public int removeLogLines(Collection<RunId> runs, Instant before, int max) {
        return runs.isEmpty()
                ? 0
                : connection.call(
                        "remove old log lines", current -> OldRows.removeLogLines(current, dialect, runs, before, max));
    }
}
