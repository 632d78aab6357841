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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** PostgreSQL 15 to 18. */
final class PostgresDialect implements Dialect {

    private static final String TAKE_DUTY = "select name from pawl_duty where name = ? for update skip locked";

    private static final String RESERVE =
            "select reserved, kept_hash, kept_outcome from pawl_reserve_key(?, ?, ?, ?, ?, ?)";

    private static final ArrayRows LOG_LINE = ArrayRows.of(
            "run_id text, logged_at timestamptz, level text, step_id text, attempt int4, message text, metadata text");

    private static final String APPEND_LOG = "insert into pawl_log (" + LOG_LINE.list() + ") " + LOG_LINE.select();

    /**
     * The rows a prepared transaction changed bear its number until it ends. Only steps in work are looked at: those are
     * what a transaction with user code in it leases or reports.
     */
    private static final String IN_DOUBT = "select p.gid, p.prepared, s.run_id, s.step_id from pg_prepared_xacts p"
            + " left join lateral (select d.run_id, d.step_id from pawl_step d join pawl_run r on r.id = d.run_id"
            + " where d.lease_owner is not null and (d.xmax = p.transaction or r.xmax = p.transaction)"
            + " order by d.xmax = p.transaction desc, d.run_id, d.step_id limit 1) s on true"
            + " where p.database = current_database() order by p.prepared, p.gid";

    private final RunPicking picking = new PostgresPicking();
    private final RunWriting writing = new PostgresWriting();
    private final EntityWriting entities = new PostgresEntities();
    private final DeliveryTaking deliveries = new PostgresDeliveries();

    @Override
    public String migrations() {
        return "postgres";
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
        return new PostgresChannels();
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
        try (PreparedStatement statement = connection.prepareStatement(RESERVE)) {
            Parameters.of(statement)
                    .text(key.tenant())
                    .text(key.commandType())
                    .text(key.key())
                    .text(inputHash)
                    .time(now)
                    .text(Math.max(1, patience.toMillis()) + "ms");
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                Row row = new Row(result);
                int reserved = row.integer();
                if (reserved < 0) {
                    throw new KeyInProgressException(key);
                }
                return reserved > 0 ? Optional.empty() : Optional.of(new Kept(row.text(), row.text()));
            }
        }
    }

    @Override
    public boolean insertNew(Connection connection, String insert, Binding values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(insert + " on conflict do nothing")) {
            values.set(Parameters.of(statement));
            return statement.executeUpdate() == 1;
        }
    }

    @Override
    public void appendLog(Connection connection, List<RunLog.Line> lines) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(APPEND_LOG)) {
            new Columns<>(Parameters.of(statement), lines)
                    .text(line -> line.run().value())
                    .time(RunLog.Line::at)
                    .text(RunLog.Line::level)
                    .text(RunLog.Line::stepId)
                    .integer(RunLog.Line::attempt)
                    .text(RunLog.Line::message)
                    .text(RunLog.Line::metadata);
            statement.executeUpdate();
        }
    }

    @Override
    public String insertMissingAiCall() {
        return "insert into pawl_ai_call (" + AiCallRows.COLUMNS + ") values (" + AiCallRows.PLACES
                + ") on conflict (id) do nothing";
    }

    @Override
    public String deleteSome(String table, String condition) {
        return "delete from " + table + " where ctid = any(array(select ctid from " + table + " where " + condition
                + " limit ?))";
    }

    @Override
    public String currentTime() {
        return "select clock_timestamp()";
    }

    @Override
    public List<InDoubtView> inDoubt(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(IN_DOUBT)) {
            return Row.list(
                    statement,
                    row -> new InDoubtView(
                            row.text(), "database", row.timeOrNull(), row.textOrNull(), row.textOrNull()));
        }
    }
}
