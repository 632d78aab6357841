package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.ejb.store.sql.Dialect;
import dev.pawl.ejb.store.sql.OldRows;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.Attached;
import java.util.Collection;

/** Rows of a table that go with the run named in their column {@code run_id}, with which an index begins. */
public final class AttachedRows implements Attached {

    private final CurrentConnection connection;
    private final Dialect dialect;
    private final String table;

    public AttachedRows(CurrentConnection connection, Dialect dialect, String table) {
        this.connection = connection;
        this.dialect = dialect;
        this.table = table;
    }

    @Override
    public int remove(Collection<RunId> runs, int most) {
        return connection.call(
                "remove rows of " + table, current -> OldRows.removeOfRuns(current, dialect, table, runs, most));
    }
}
