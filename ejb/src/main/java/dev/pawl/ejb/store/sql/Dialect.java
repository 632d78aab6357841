package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Delivery;
import dev.pawl.engine.port.IdempotencyStore;
import dev.pawl.engine.port.RunLog;
import dev.pawl.engine.query.InDoubtTransactions.InDoubtView;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** What differs between databases. */
public interface Dialect {

    /** The folder of this database's migrations. */
    String migrations();

    RunPicking picking();

    RunWriting writing();

    EventChannels channels();

    EntityWriting entities();

    /**
     * Makes this transaction the only one that performs a duty, until it ends; answers false when another one does.
     */
    boolean takeDuty(Connection connection, String name) throws SQLException;

    /** Takes the next events for a listener. */
    List<Delivery> takeDeliveries(
            Connection connection, String listener, int max, String owner, Instant now, Instant until)
            throws SQLException;

    /**
     * Reserves a key, or answers what was kept under it.
     *
     * @throws IdempotencyStore.KeyInProgressException when another transaction has held it for longer than patience; this
     *     transaction stays usable
     */
    Optional<IdempotencyStore.Kept> reserve(
            Connection connection, IdempotencyStore.Key key, String inputHash, Instant now, Duration patience)
            throws SQLException;

    /** Inserts a row; false, and nothing changed, when there is one with its key. The transaction stays usable. */
    boolean insertNew(Connection connection, String insert, Binding values) throws SQLException;

    /** Sets the values of a statement. */
    @FunctionalInterface
    interface Binding {
        void set(Parameters to) throws SQLException;
    }

    void appendLog(Connection connection, List<RunLog.Line> lines) throws SQLException;

    /** Inserts the columns of {@link AiCallRows}, in their order, unless there is a row of that id. */
    String insertMissingAiCall();

    /**
     * A statement that deletes rows fit for a condition, no more than its last parameter says.
     *
     * @param condition with parameters before that one
     */
    String deleteSome(String table, String condition);

    /** A query that answers the database's time of day at this moment. */
    String currentTime();

    /** Branches of two-phase commits that are prepared and not ended, oldest first. */
    List<InDoubtView> inDoubt(Connection connection) throws SQLException;

    /** The dialect of the database behind a data source. */
    static Dialect of(DataSource database) {
        try (Connection connection = database.getConnection()) {
            String product = connection.getMetaData().getDatabaseProductName();
            return switch (product) {
                case "PostgreSQL" -> new PostgresDialect();
                case "H2" -> new H2Dialect();
                default ->
                    throw new IllegalStateException(
                            "The data source leads to " + product
                                    + "; PostgreSQL and H2 are supported. Choose one of them by the settings of the data source.");
            };
        } catch (SQLException e) {
            throw new StoreException("The data source gives no connection", e);
        }
    }
}
