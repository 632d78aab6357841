package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Delivery;
import dev.pawl.engine.model.DeliveryKey;
import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.ListenerDeliveries.Hold;
import dev.pawl.engine.port.ListenerDeliveries.Pending;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** What listeners are still to hear, as far as every database takes the same statements. */
public final class DeliveryRows {

    private static final String ADD =
            "insert into pawl_listener_delivery (listener, run_id, sequence, first_sequence, due_at, attempts)"
                    + " select k.listener, k.run_id, k.sequence, k.first_sequence, cast(? as timestamp(6) with time zone), 0"
                    + " from unnest(?, ?, ?, ?) as k(listener, run_id, sequence, first_sequence)";

    private static final String DUE =
            "select distinct listener from pawl_listener_delivery where listener = any(?) and due_at <= ?";

    private static final String EVENTS = "select k.run_id, k.sequence, k.attempt, r.tenant, r.workflow_id,"
            + " r.correlation_id, c.first_sequence, c.events, c.occurred_at, c.causation_id"
            + " from unnest(?, ?, ?, ?) as k(run_id, sequence, first_sequence, attempt)"
            + " join pawl_run r on r.id = k.run_id"
            + " join pawl_event_chunk c on c.run_id = k.run_id and c.first_sequence = k.first_sequence";

    private static final String EXTEND = "update pawl_listener_delivery set due_at = ? where owner = ?";

    /** The owner is a node, a '#' and an incarnation; '$' is the character after '#'. */
    private static final String RELEASE = "update pawl_listener_delivery set due_at = ?, owner = null"
            + " where owner >= ? || '#' and owner < ? || '$' and owner <> ?";

    private static final String IF_HELD =
            " where listener = ? and run_id = ? and sequence = ? and owner = ? and attempts = ?";

    private static final String REMOVE = "delete from pawl_listener_delivery" + IF_HELD;

    private static final String POSTPONE =
            "update pawl_listener_delivery set due_at = ?, reason = ?, owner = null" + IF_HELD;

    private static final String BEHIND = " where listener = ? and run_id = ? and sequence > ? and owner is null";

    private static final String HOLD_BACK = "update pawl_listener_delivery set due_at = ?" + BEHIND + " and due_at < ?";

    private static final String BRING_FORWARD =
            "update pawl_listener_delivery set due_at = ?" + BEHIND + " and due_at > ?";

    /** A row that was taken, its attempt counted. */
    record Taken(RunId run, long sequence, long firstSequence, int attempt) {
        DeliveryKey key(String listener) {
            return new DeliveryKey(listener, run, sequence);
        }
    }

    private DeliveryRows() {}

    public static void add(Connection connection, Collection<Pending> events, Instant due) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            Parameters.of(statement)
                    .time(due)
                    .texts(events.stream().map(event -> event.key().listener()).toArray(String[]::new))
                    .texts(events.stream()
                            .map(event -> event.key().run().value())
                            .toArray(String[]::new))
                    .array(
                            "int8",
                            events.stream().map(event -> event.key().sequence()).toArray(Long[]::new))
                    .array("int8", events.stream().map(Pending::firstSequence).toArray(Long[]::new));
            statement.executeUpdate();
        }
    }

    public static Set<String> due(Connection connection, Collection<String> listeners, Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DUE)) {
            Parameters.of(statement).texts(listeners.toArray(String[]::new)).time(now);
            return Row.set(statement, Row::text);
        }
    }

    /** The events of what was taken; one whose run is no more has none. */
    public static List<Delivery> events(Connection connection, String listener, List<Taken> taken) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EVENTS)) {
            Parameters.of(statement)
                    .texts(taken.stream().map(row -> row.run().value()).toArray(String[]::new))
                    .array("int8", taken.stream().map(Taken::sequence).toArray(Long[]::new))
                    .array("int8", taken.stream().map(Taken::firstSequence).toArray(Long[]::new))
                    .array("int4", taken.stream().map(Taken::attempt).toArray(Integer[]::new));
            return Row.list(statement, row -> delivery(listener, row));
        }
    }

    private static Delivery delivery(String listener, Row row) throws SQLException {
        RunId run = new RunId(row.text());
        long sequence = row.number();
        int attempt = row.integer();
        String tenant = row.text();
        String workflowId = row.text();
        String correlationId = row.text();
        long first = row.number();
        String events = row.text();
        Instant occurredAt = row.time();
        String cause = row.text();
        // what cannot be read fails the call with it, and not the taking of all the others
        RunEvent event = EventText.readable(events, first, occurredAt, cause).stream()
                .filter(one -> one.sequence() == sequence)
                .findFirst()
                .orElseGet(() -> new RunEvent(sequence, "", occurredAt, cause, "unreadable: " + events));
        return new Delivery(
                new DeliveryKey(listener, run, sequence), attempt, tenant, workflowId, correlationId, event);
    }

    public static void extend(Connection connection, String owner, Instant until) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EXTEND)) {
            Parameters.of(statement).time(until).text(owner);
            statement.executeUpdate();
        }
    }

    public static int release(Connection connection, String node, String currentOwner, Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
            Parameters.of(statement).time(now).text(node).text(node).text(currentOwner);
            return statement.executeUpdate();
        }
    }

    public static boolean heard(Connection connection, Hold hold, Instant now) throws SQLException {
        boolean held = remove(connection, hold);
        if (held && hold.attempt() > 1) {
            shift(connection, BRING_FORWARD, hold, now);
        }
        return held;
    }

    public static boolean postpone(Connection connection, Hold hold, Instant due, String reason) throws SQLException {
        boolean held;
        try (PreparedStatement statement = connection.prepareStatement(POSTPONE)) {
            ifHeld(Parameters.of(statement).time(due).text(reason), hold);
            held = statement.executeUpdate() == 1;
        }
        if (held) {
            shift(connection, HOLD_BACK, hold, due);
        }
        return held;
    }

    public static boolean bury(Connection connection, Hold hold, String reason, Instant now) throws SQLException {
        boolean held = DeadLetterRows.buryDelivery(connection, hold, reason, now) && remove(connection, hold);
        if (held && hold.attempt() > 1) {
            shift(connection, BRING_FORWARD, hold, now);
        }
        return held;
    }

    private static boolean remove(Connection connection, Hold hold) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REMOVE)) {
            ifHeld(Parameters.of(statement), hold);
            return statement.executeUpdate() == 1;
        }
    }

    static void ifHeld(Parameters to, Hold hold) throws SQLException {
        to.text(hold.key().listener())
                .text(hold.key().run().value())
                .number(hold.key().sequence())
                .text(hold.owner())
                .number(hold.attempt());
    }

    private static void shift(Connection connection, String sql, Hold hold, Instant due) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Parameters.of(statement)
                    .time(due)
                    .text(hold.key().listener())
                    .text(hold.key().run().value())
                    .number(hold.key().sequence())
                    .time(due);
            statement.executeUpdate();
        }
    }
}
