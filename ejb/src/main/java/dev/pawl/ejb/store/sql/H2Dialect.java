package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Delivery;
import dev.pawl.engine.port.IdempotencyStore.Kept;
import dev.pawl.engine.port.IdempotencyStore.Key;
import dev.pawl.engine.port.IdempotencyStore.KeyInProgressException;
import dev.pawl.engine.port.RunLog;
import dev.pawl.engine.query.InDoubtTransactions.InDoubtView;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** H2 2.x, in the server's own process. */
final class H2Dialect implements Dialect {

    private static final String TAKE_DUTY = "select name from pawl_duty where name = ? for update skip locked";

    private static final String RESERVE = "insert into pawl_idempotency (tenant, command_type, idem_key, input_hash,"
            + " created_at) values (?, ?, ?, ?, ?)";

    private static final String KEPT = "select input_hash, outcome from pawl_idempotency"
            + " where tenant = ? and command_type = ? and idem_key = ?";

    private static final String APPEND_LOG =
            "insert into pawl_log (run_id, logged_at, level, step_id, attempt, message, metadata)"
                    + " values (?, ?, ?, ?, ?, ?, ?)";

    private static final String IN_DOUBT =
            "select transaction_name from information_schema.in_doubt where transaction_state = 'IN_DOUBT' order by 1";

    private static final int DUPLICATE_KEY = 23505;
    private static final int LOCK_TIMEOUT = 50200;
    private static final int CONCURRENT_UPDATE = 90131;

    private final RunPicking picking = new H2Picking();
    private final RunWriting writing = new H2Writing();
    private final EntityWriting entities = new H2Entities();
    private final DeliveryTaking deliveries = new H2Deliveries();

    @Override
    public String migrations() {
        return "h2";
    }

    @Override
    public RunPicking picking() {
        return picking;
    }

    @Override
    public RunWriting writing() {
        return writing;
    }

    @Override
    public EventChannels channels() {
        return new H2Channels();
    }

    @Override
    public EntityWriting entities() {
        return entities;
    }

    @Override
    public boolean takeDuty(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE_DUTY)) {
            Parameters.of(statement).text(name);
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        }
    }

    @Override
    public List<Delivery> takeDeliveries(
            Connection connection, String listener, int max, String owner, Instant now, Instant until)
            throws SQLException {
        return DeliveryRows.events(connection, listener, deliveries.take(connection, listener, max, owner, now, until));
    }

    @Override
    public Optional<Kept> reserve(Connection connection, Key key, String inputHash, Instant now, Duration patience)
            throws SQLException {
        long usual = lockTimeout(connection);
        setLockTimeout(connection, Math.max(1, patience.toMillis()));
        try (PreparedStatement statement = connection.prepareStatement(RESERVE)) {
            Parameters.of(statement)
                    .text(key.tenant())
                    .text(key.commandType())
                    .text(key.key())
                    .text(inputHash)
                    .time(now);
            statement.executeUpdate();
            return Optional.empty();
        } catch (SQLException e) {
            return switch (e.getErrorCode()) {
                case DUPLICATE_KEY -> kept(connection, key);
                case LOCK_TIMEOUT, CONCURRENT_UPDATE -> throw new KeyInProgressException(key);
                default -> throw e;
            };
        } finally {
            setLockTimeout(connection, usual);
        }
    }

    private static Optional<Kept> kept(Connection connection, Key key) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KEPT)) {
            Parameters.of(statement).text(key.tenant()).text(key.commandType()).text(key.key());
            try (ResultSet result = statement.executeQuery()) {
                if (!result.next()) {
                    throw new KeyInProgressException(key);
                }
                Row row = new Row(result);
                return Optional.of(new Kept(row.text(), row.text()));
            }
        }
    }

    private static long lockTimeout(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select lock_timeout()")) {
            result.next();
            return result.getLong(1);
        }
    }

    private static void setLockTimeout(Connection connection, long millis) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set lock_timeout " + millis);
        }
    }

    @Override
    public boolean insertNew(Connection connection, String insert, Binding values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert)) {
            values.set(Parameters.of(statement));
            return statement.executeUpdate() == 1;
        } catch (SQLException e) {
            if (e.getErrorCode() == DUPLICATE_KEY) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void appendLog(Connection connection, List<RunLog.Line> lines) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(APPEND_LOG)) {
            for (RunLog.Line line : lines) {
                Parameters.of(statement)
                        .text(line.run().value())
                        .time(line.at())
                        .text(line.level())
                        .text(line.stepId())
                        .number(line.attempt())
                        .text(line.message())
                        .text(line.metadata());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    @Override
    public String insertMissingAiCall() {
        return "merge into pawl_ai_call c using (select cast(? as varchar) as id) n on c.id = n.id"
                + " when not matched then insert (" + AiCallRows.COLUMNS + ") values (n." + AiCallRows.PLACES_AFTER_ID
                + ")";
    }

    @Override
    public String deleteSome(String table, String condition) {
        return "delete from " + table + " where " + condition + " fetch first ? rows only";
    }

    @Override
    public String currentTime() {
        return "select current_timestamp(6)";
    }

    /** The numbers that a statement has generated, in ascending order. */
    static List<Long> generated(PreparedStatement statement) throws SQLException {
        List<Long> numbers = new ArrayList<>();
        try (ResultSet result = statement.getGeneratedKeys()) {
            while (result.next()) {
                numbers.add(result.getLong(1));
            }
        }
        numbers.sort(null);
        return numbers;
    }

    /** H2 does not tell when a branch was prepared, nor which rows it changed. */
    @Override
    public List<InDoubtView> inDoubt(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(IN_DOUBT)) {
            return Row.list(statement, row -> new InDoubtView(row.text(), "database", null, null, null));
        }
    }
}
