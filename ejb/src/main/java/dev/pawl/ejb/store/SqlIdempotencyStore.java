package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.CurrentConnection;
import dev.pawl.ejb.store.sql.Dialect;
import dev.pawl.engine.port.IdempotencyStore;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Keys in the database, each a unique row of the command's own transaction. */
public final class SqlIdempotencyStore implements IdempotencyStore {

    private static final String KEEP = "update pawl_idempotency set outcome = ?"
            + " where tenant = ? and command_type = ? and idem_key = ? and outcome is null";

    private final CurrentConnection connection;
    private final Dialect dialect;
    private final Duration patience;

    /** @param patience how long a duplicate waits for the first command under its key */
    public SqlIdempotencyStore(CurrentConnection connection, Dialect dialect, Duration patience) {
        this.connection = connection;
        this.dialect = dialect;
        this.patience = patience;
    }

    @Override
    public Optional<Kept> reserve(Key key, String inputHash, Instant now) {
        return connection.call(
                "reserve the key '" + key.key() + "'",
                current -> dialect.reserve(current, key, inputHash, now, patience));
    }

    @Override
    public void keep(Key key, String outcome) {
        int kept = connection.call("keep the outcome under the key '" + key.key() + "'", current -> {
            try (PreparedStatement statement = current.prepareStatement(KEEP)) {
                statement.setString(1, outcome);
                statement.setString(2, key.tenant());
                statement.setString(3, key.commandType());
                statement.setString(4, key.key());
                return statement.executeUpdate();
            }
        });
        if (kept != 1) {
            throw new IllegalStateException("The key " + key + " was not reserved in this transaction");
        }
    }
}
