package dev.pawl.ejb.store;

import dev.pawl.ejb.store.sql.Dialect;
import dev.pawl.ejb.store.sql.StoreException;
import dev.pawl.engine.query.InDoubtTransactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** Asks the database for its prepared transactions, outside of any transaction of its own. */
public final class DatabaseInDoubt implements InDoubtTransactions {

    private final DataSource database;
    private final Dialect dialect;

    public DatabaseInDoubt(DataSource database, Dialect dialect) {
        this.database = database;
        this.dialect = dialect;
    }

    @Override
    public List<InDoubtView> open() {
        try (Connection connection = database.getConnection()) {
            return dialect.inDoubt(connection);
        } catch (SQLException e) {
            throw new StoreException("The database does not list its transactions in doubt", e);
        }
    }
}
