package dev.pawl.ejb.manifest.store;

import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.ejb.store.sql.EntityEventRows;
import dev.pawl.manifest.host.EventHistory;
import java.util.List;

/** The history in the database, read in the transaction around the call. */
public final class SqlEventHistory implements EventHistory {

    private final CurrentConnection connection;

    public SqlEventHistory(CurrentConnection connection) {
        this.connection = connection;
    }

    @Override
    public List<Recorded> find(Wanted wanted, long after, int limit) {
        return connection.call("read the event log", current -> EntityEventRows.find(current, wanted, after, limit));
    }
}
