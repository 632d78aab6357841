package dev.pawl.ejb.store.sql;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The connection of the transaction around the call, the same one JPA works on. */
public final class CurrentConnection {

    /** SQL on a connection that is not ours to close. */
    public interface SqlWork<T> {
        T on(Connection connection) throws SQLException;
    }

    /** SQL that commits its transaction if it is told to. */
    public interface LastSqlWork {
        void on(Connection connection, boolean commits) throws SQLException;
    }

    private final Supplier<EntityManager> entityManager;

    public CurrentConnection(Supplier<EntityManager> entityManager) {
        this.entityManager = entityManager;
    }

    /** @param what is being done, for the message when it fails */
    public <T> T call(String what, SqlWork<T> work) {
        LastWrite.release();
        return now(what, work);
    }

    /** As {@link #call}, for what may be the {@linkplain LastWrite last} that its transaction writes; so it answers nothing. */
    public void last(String what, LastSqlWork work) {
        LastWrite.hold(commits -> now(what, connection -> {
            work.on(connection, commits);
            return true;
        }));
    }

    private <T> T now(String what, SqlWork<T> work) {
        @Nullable Connection connection = entityManager.get().unwrap(Connection.class);
        if (connection == null) {
            throw new IllegalStateException("There is no transaction around this call, which was to " + what);
        }
        try {
            return work.on(connection);
        } catch (SQLException e) {
            throw new StoreException("The store could not " + what, e);
        }
    }
}
