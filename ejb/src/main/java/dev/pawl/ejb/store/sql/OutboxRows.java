package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.EntryKey;
import dev.pawl.engine.model.OutboxLane;
import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.TraceContext;
import dev.pawl.engine.port.EventOutbox.About;
import dev.pawl.engine.port.EventOutbox.Entry;
import dev.pawl.engine.port.EventOutbox.Waiting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads the outbox, the same way in every database. The caller holds the relay's duty. */
public final class OutboxRows {

    private static final String FRESH =
            "select run_id, first_sequence, 0 as attempts from pawl_outbox order by run_id, first_sequence limit ?";

    private static final String LATE = "select run_id, first_sequence, attempts from pawl_outbox_late"
            + " where due_at <= ? order by due_at, run_id limit ?";

    private static final String FRESH_BY_NAME = "select o.run_id, o.first_sequence, 0 as attempts from pawl_outbox o"
            + " join unnest(?, ?) as k(run_id, first_sequence)"
            + " on k.run_id = o.run_id and k.first_sequence = o.first_sequence";

    private static final String LATE_BY_NAME = "select l.run_id, l.first_sequence, l.attempts from pawl_outbox_late l"
            + " join unnest(?, ?) as k(run_id, first_sequence)"
            + " on k.run_id = l.run_id and k.first_sequence = l.first_sequence where l.due_at is not null";

    /** An entry is of a run or of an instance's history; the names of these never meet. */
    private static final String WITH_EVENTS = "select o.run_id, o.first_sequence, o.attempts,"
            + " case when o.attempts = 0 then exists (select 1 from pawl_outbox_late l where l.run_id = o.run_id)"
            + " else false end,"
            + " r.tenant, r.workflow_id, r.correlation_id, r.trace, c.events, c.occurred_at, c.causation_id,"
            + " e.tenant, e.correlation_id, e.name, e.occurred_at, e.causation_id, e.payload,"
            + " e.id, e.entity, e.instance_id, e.command, e.channel, e.emit_index"
            + " from (%s) o left join pawl_run r on r.id = o.run_id"
            + " left join pawl_event_chunk c on c.run_id = o.run_id and c.first_sequence = o.first_sequence"
            + " left join pawl_entity_event e on e.stream = o.run_id and e.sequence = o.first_sequence"
            + " order by o.run_id, o.first_sequence";

    private static final String FRESH_NAMED = WITH_EVENTS.formatted(FRESH_BY_NAME);
    private static final String LATE_NAMED = WITH_EVENTS.formatted(LATE_BY_NAME);

    private static final int IS_BEHIND = 4;
    private static final int FIRST_OF_RUN = 5;
    private static final int FIRST_OF_INSTANCE = 12;

    /**
     * What was found.
     *
     * @param entries to deliver
     * @param behind fresh ones that come after a late entry of their run
     * @param gone those whose history is no more
     */
    public record Found(List<Entry> entries, List<EntryKey> behind, List<EntryKey> gone) {
        /** How many rows were looked at. */
        public int size() {
            return entries.size() + behind.size() + gone.size();
        }
    }

    private OutboxRows() {}

    public static Found named(Connection connection, OutboxLane lane, Collection<EntryKey> keys) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(lane == OutboxLane.FRESH ? FRESH_NAMED : LATE_NAMED)) {
            bindKeys(Parameters.of(statement), keys);
            return found(statement);
        }
    }

    public static List<Waiting> names(Connection connection, OutboxLane lane, int max, Instant now)
            throws SQLException {
        List<Waiting> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(lane == OutboxLane.FRESH ? FRESH : LATE)) {
            Parameters parameters = Parameters.of(statement);
            if (lane == OutboxLane.LATE) {
                parameters.time(now);
            }
            parameters.number(max);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    names.add(new Waiting(key(result), result.getInt(3)));
                }
            }
        }
        return names;
    }

    static void bindKeys(Parameters parameters, Collection<EntryKey> keys) throws SQLException {
        parameters
                .texts(keys.stream().map(key -> key.run().value()).toArray(String[]::new))
                .array("int8", keys.stream().map(EntryKey::firstSequence).toArray(Long[]::new));
    }

    private static Found found(PreparedStatement statement) throws SQLException {
        Found found = new Found(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                if (result.getBoolean(IS_BEHIND)) {
                    found.behind().add(key(result));
                } else if (result.getString(FIRST_OF_RUN) != null) {
                    found.entries().add(ofRun(result, FIRST_OF_RUN));
                } else if (result.getString(FIRST_OF_INSTANCE) != null) {
                    found.entries().add(ofInstance(result, FIRST_OF_INSTANCE));
                } else {
                    found.gone().add(key(result));
                }
            }
        }
        return found;
    }

    private static EntryKey key(ResultSet result) throws SQLException {
        return new EntryKey(new RunId(result.getString(1)), result.getLong(2));
    }

    /** @param first column of what belongs to a run */
    static Entry ofRun(ResultSet result, int first) throws SQLException {
        Row row = new Row(result, first);
        EntryKey key = key(result);
        String tenant = row.text();
        String workflowId = row.text();
        String correlationId = row.text();
        Optional<TraceContext> trace = Optional.ofNullable(row.textOrNull()).map(TraceContext::decode);
        return new Entry(
                key.run(),
                tenant,
                workflowId,
                correlationId,
                key.firstSequence(),
                result.getInt(3),
                EventText.read(row.text(), key.firstSequence(), row.time(), row.text()),
                Optional.empty(),
                trace);
    }

    /** @param first column of what belongs to an instance */
    static Entry ofInstance(ResultSet result, int first) throws SQLException {
        Row row = new Row(result, first);
        EntryKey key = key(result);
        String tenant = row.text();
        String correlationId = row.text();
        RunEvent event = new RunEvent(key.firstSequence(), row.text(), row.time(), row.text(), row.text());
        About about = row.about();
        return new Entry(
                key.run(),
                tenant,
                about.entity().orElse(about.command()),
                correlationId,
                key.firstSequence(),
                result.getInt(3),
                List.of(event),
                Optional.of(about));
    }
}
