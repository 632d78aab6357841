package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.EventOutbox.Entry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The outbox and the dead letters, the same way in every database. The caller holds the relay's duty. */
public final class OutboxRows {

    private static final String DUE = "select o.run_id, r.tenant, r.workflow_id, r.correlation_id, o.first_sequence,"
            + " o.attempts, c.events, c.occurred_at, c.causation_id"
            + " from pawl_outbox o join pawl_run r on r.id = o.run_id"
            + " join pawl_event_chunk c on c.run_id = o.run_id and c.first_sequence = o.first_sequence"
            + " where o.due_at <= ? and not exists (select 1 from pawl_outbox before where before.run_id = o.run_id"
            + " and before.first_sequence < o.first_sequence and before.due_at > ?)"
            + " order by o.run_id, o.first_sequence limit ?";

    private static final String REMOVE = "delete from pawl_outbox where run_id = ? and first_sequence = ?";

    private static final String POSTPONE =
            "update pawl_outbox set due_at = ?, reason = ?, attempts = ?" + " where run_id = ? and first_sequence = ?";

    private static final String BURY =
            "insert into pawl_dead_event (buried_at, reason, attempts, run_id, first_sequence)"
                    + " values (?, ?, ?, ?, ?)";

    private OutboxRows() {}

    public static List<Entry> due(Connection connection, int max, Instant now) throws SQLException {
        List<Entry> due = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(DUE)) {
            Parameters.of(statement).time(now).time(now).number(max);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    due.add(entry(new Row(result)));
                }
            }
        }
        return due;
    }

    private static Entry entry(Row row) throws SQLException {
        RunId run = new RunId(row.text());
        String tenant = row.text();
        String workflowId = row.text();
        String correlationId = row.text();
        long first = row.number();
        int attempts = row.integer();
        return new Entry(
                run,
                tenant,
                workflowId,
                correlationId,
                first,
                attempts,
                EventText.read(row.text(), first, row.time(), row.text()));
    }

    public static void postpone(Connection connection, Entry entry, Instant due, String reason) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(POSTPONE)) {
            key(Parameters.of(statement).time(due).text(reason).number(entry.attempts() + 1), entry);
            statement.executeUpdate();
        }
    }

    public static void bury(Connection connection, Entry entry, Instant now, String reason) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BURY)) {
            key(Parameters.of(statement).time(now).text(reason).number(entry.attempts() + 1), entry);
            statement.executeUpdate();
        }
        remove(connection, List.of(entry));
    }

    /** One row at a time, as one batch. */
    static void remove(Connection connection, Collection<Entry> entries) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
            for (Entry entry : entries) {
                key(Parameters.of(statement), entry);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void key(Parameters to, Entry entry) throws SQLException {
        to.text(entry.run().value()).number(entry.firstSequence());
    }
}
