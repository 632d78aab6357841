package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.ejb.store.sql.Dialect;
import dev.pawl.engine.port.RunLog;
import java.util.List;

/** Log lines in the database. */
public final class SqlRunLog implements RunLog {

    private final CurrentConnection connection;
    private final Dialect dialect;

    public SqlRunLog(CurrentConnection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    @Override
    public void append(List<Line> lines) {
        if (!lines.isEmpty()) {
            connection.call("append " + lines.size() + " log lines", current -> {
                dialect.appendLog(current, lines);
                return lines;
            });
        }
    }
}
