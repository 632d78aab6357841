package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.Dialect;
import dev.pawl.ejb.store.sql.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Asks the database for its time of day. */
public final class DatabaseTime implements Supplier<Instant> {

    private final DataSource database;
    private final Dialect dialect;

    public DatabaseTime(DataSource database, Dialect dialect) {
        this.database = database;
        this.dialect = dialect;
    }

    @Override
    public Instant get() {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(dialect.currentTime());
                ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getObject(1, OffsetDateTime.class).toInstant();
        } catch (SQLException e) {
            throw new StoreException("The database did not tell its time", e);
        }
    }
}
