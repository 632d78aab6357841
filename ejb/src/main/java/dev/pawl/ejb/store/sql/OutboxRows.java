package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.EventOutbox.About;
import dev.pawl.engine.port.EventOutbox.Entry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The outbox and the dead letters, the same way in every database. The caller holds the relay's duty. */
public final class OutboxRows {

    /** An entry is of a run or of an instance's history; the names of these never meet. */
    private static final String DUE = "select o.run_id, o.first_sequence, o.attempts,"
            + " r.tenant, r.workflow_id, r.correlation_id, c.events, c.occurred_at, c.causation_id,"
            + " e.tenant, e.correlation_id, e.name, e.occurred_at, e.causation_id, e.payload,"
            + " e.id, e.entity, e.instance_id, e.command, e.channel, e.emit_index"
            + " from pawl_outbox o left join pawl_run r on r.id = o.run_id"
            + " left join pawl_event_chunk c on c.run_id = o.run_id and c.first_sequence = o.first_sequence"
            + " left join pawl_entity_event e on e.stream = o.run_id and e.sequence = o.first_sequence"
            + " where o.due_at <= ? and not exists (select 1 from pawl_outbox before where before.run_id = o.run_id"
            + " and before.first_sequence < o.first_sequence and before.due_at > ?)"
            + " order by o.run_id, o.first_sequence limit ?";

    private static final int FIRST_OF_RUN = 4;
    private static final int FIRST_OF_INSTANCE = 10;

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
                    due.add(result.getString(FIRST_OF_RUN) == null ? ofInstance(result) : ofRun(result));
                }
            }
        }
        return due;
    }

    private static Entry ofRun(ResultSet result) throws SQLException {
        Row row = new Row(result, FIRST_OF_RUN);
        long first = result.getLong(2);
        return new Entry(
                new RunId(result.getString(1)),
                row.text(),
                row.text(),
                row.text(),
                first,
                result.getInt(3),
                EventText.read(row.text(), first, row.time(), row.text()));
    }

    private static Entry ofInstance(ResultSet result) throws SQLException {
        Row row = new Row(result, FIRST_OF_INSTANCE);
        long sequence = result.getLong(2);
        String tenant = row.text();
        String correlationId = row.text();
        RunEvent event = new RunEvent(sequence, row.text(), row.time(), row.text(), row.text());
        About about = new About(
                row.text(),
                Optional.ofNullable(row.textOrNull()),
                Optional.ofNullable(row.textOrNull()),
                row.text(),
                row.text(),
                row.integer());
        return new Entry(
                new RunId(result.getString(1)),
                tenant,
                about.entity().orElse(about.command()),
                correlationId,
                sequence,
                result.getInt(3),
                List.of(event),
                Optional.of(about));
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
