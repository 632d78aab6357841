package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.AiCallRows;
import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.ejb.store.sql.Dialect;
import dev.pawl.engine.model.AiCall;
import dev.pawl.engine.port.AiCallLog;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Calls of models in the database. */
public final class SqlAiCallLog implements AiCallLog {

    private final CurrentConnection connection;
    private final Dialect dialect;

    public SqlAiCallLog(CurrentConnection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    @Override
    public void record(List<AiCall> calls) {
        connection.call(
                "record " + calls.size() + " calls of models",
                current -> AiCallRows.insertMissing(current, dialect, calls));
    }

    @Override
    public Set<String> settle(List<AiCall> calls) {
        return connection.call("settle " + calls.size() + " calls of models", current -> {
            Set<String> settled = new HashSet<>(AiCallRows.endOpen(current, calls));
            List<AiCall> others =
                    calls.stream().filter(call -> !settled.contains(call.id())).toList();
            settled.addAll(AiCallRows.insertMissing(current, dialect, others));
            return settled;
        });
    }
}
