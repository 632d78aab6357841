package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.EntryKey;
import dev.pawl.engine.model.EntryName;
import dev.pawl.engine.model.OutboxLane;
import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.TraceContext;
import dev.pawl.engine.port.EventOutbox.About;
import dev.pawl.engine.port.EventOutbox.Entry;
import dev.pawl.engine.port.EventOutbox.Named;
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

    private static final String LATE_DUE = "select run_id, first_sequence, attempts from pawl_outbox_late"
            + " where due_at <= ? order by due_at, run_id limit ?";

    private static final String CONTENT =
            "r.tenant, r.workflow_id, r.correlation_id, r.trace, c.events, c.occurred_at, c.causation_id,"
                    + " e.tenant, e.correlation_id, e.name, e.occurred_at, e.causation_id, e.payload,"
                    + " e.id, e.entity, e.instance_id, e.command, e.channel, e.emit_index";

    private static final String FRESH =
            "select coalesce(c.run_id, e.stream), coalesce(c.first_sequence, e.sequence), 0,"
                    + " exists (select 1 from pawl_outbox_late l where l.run_id = coalesce(c.run_id, e.stream)),"
                    + " o.id, k.position, " + CONTENT
                    + " from unnest(?, ?) as k(slip, position)"
                    + " join pawl_outbox o on o.id = k.slip and k.position = any(o.positions)"
                    + " left join pawl_event_chunk c on o.feed = 'r' and c.position = k.position"
                    + " left join pawl_run r on r.id = c.run_id"
                    + " left join pawl_entity_event e on o.feed = 'e' and e.position = k.position"
                    + " order by o.id, k.position";

    /** An entry is of a run or of an instance's history; the names of these never meet. */
    private static final String LATE = "select l.run_id, l.first_sequence, l.attempts, false, 0, 0, " + CONTENT
            + " from unnest(?, ?) as k(run_id, first_sequence)"
            + " join pawl_outbox_late l on l.run_id = k.run_id and l.first_sequence = k.first_sequence"
            + " left join pawl_run r on r.id = l.run_id"
            + " left join pawl_event_chunk c on c.run_id = l.run_id and c.first_sequence = l.first_sequence"
            + " left join pawl_entity_event e on e.stream = l.run_id and e.sequence = l.first_sequence"
            + " where l.due_at is not null order by l.run_id, l.first_sequence";

    private static final int ATTEMPTS = 3;
    private static final int IS_BEHIND = 4;
    private static final int SLIP = 5;
    private static final int POSITION = 6;
    private static final int FIRST_OF_RUN = 7;
    private static final int FIRST_OF_INSTANCE = 14;

    /** What comes after a late entry of its run. */
    public record Behind(EntryName.Fresh name, EntryKey key) {}

    /**
     * What was found.
     *
     * @param due to deliver
     * @param gone those whose history is no more
     */
    public record Found(List<Named> due, List<Behind> behind, List<EntryName> gone) {
        Found() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        /** How many rows were looked at. */
        public int size() {
            return due.size() + behind.size() + gone.size();
        }
    }

    private OutboxRows() {}

    public static Found named(Connection connection, Collection<? extends EntryName> names) throws SQLException {
        Found found = new Found();
        List<EntryName.Fresh> fresh = fresh(names);
        if (!fresh.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(FRESH)) {
                Parameters.of(statement)
                        .array("int8", fresh.stream().map(EntryName.Fresh::slip).toArray(Long[]::new))
                        .array(
                                "int8",
                                fresh.stream().map(EntryName.Fresh::position).toArray(Long[]::new));
                read(statement, found);
            }
        }
        List<EntryKey> late = late(names);
        if (!late.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(LATE)) {
                bindKeys(Parameters.of(statement), late);
                read(statement, found);
            }
        }
        return found;
    }

    static List<EntryName.Fresh> fresh(Collection<? extends EntryName> names) {
        return names.stream()
                .filter(EntryName.Fresh.class::isInstance)
                .map(EntryName.Fresh.class::cast)
                .toList();
    }

    static List<EntryKey> late(Collection<? extends EntryName> names) {
        return names.stream()
                .filter(EntryName.Late.class::isInstance)
                .map(name -> ((EntryName.Late) name).key())
                .toList();
    }

    public static List<EntryName> names(Connection connection, OutboxLane lane, int max, Instant now)
            throws SQLException {
        if (lane == OutboxLane.FRESH) {
            return SlipRows.names(connection, max);
        }
        List<EntryName> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(LATE_DUE)) {
            Parameters.of(statement).time(now).number(max);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    names.add(new EntryName.Late(key(result), result.getInt(ATTEMPTS)));
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

    private static void read(PreparedStatement statement, Found found) throws SQLException {
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                if (result.getBoolean(IS_BEHIND)) {
                    found.behind().add(new Behind(freshName(result), key(result)));
                } else if (result.getString(FIRST_OF_RUN) != null) {
                    found.due().add(new Named(name(result), ofRun(result, FIRST_OF_RUN)));
                } else if (result.getString(FIRST_OF_INSTANCE) != null) {
                    found.due().add(new Named(name(result), ofInstance(result, FIRST_OF_INSTANCE)));
                } else {
                    found.gone().add(name(result));
                }
            }
        }
    }

    private static EntryName name(ResultSet result) throws SQLException {
        int attempts = result.getInt(ATTEMPTS);
        return attempts == 0 ? freshName(result) : new EntryName.Late(key(result), attempts);
    }

    private static EntryName.Fresh freshName(ResultSet result) throws SQLException {
        return new EntryName.Fresh(result.getLong(SLIP), result.getLong(POSITION));
    }

    static EntryKey key(ResultSet result) throws SQLException {
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
                result.getInt(ATTEMPTS),
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
                result.getInt(ATTEMPTS),
                List.of(event),
                Optional.of(about));
    }
}
