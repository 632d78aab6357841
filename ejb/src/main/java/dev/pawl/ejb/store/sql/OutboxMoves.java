package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.EntryKey;
import dev.pawl.engine.port.EventOutbox.Waiting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Moves entries between the lanes of the outbox and out of it. The caller holds the relay's duty. */
public final class OutboxMoves {

    private static final String NAMED =
            " where (run_id, first_sequence) in (select k.run_id, k.first_sequence from unnest(?, ?)"
                    + " as k(run_id, first_sequence))";

    private static final String REMOVE_FRESH = "delete from pawl_outbox" + NAMED;

    private static final String SET_ASIDE =
            "insert into pawl_outbox_late (run_id, first_sequence, attempts) select k.run_id, k.first_sequence, 0"
                    + " from unnest(?, ?) as k(run_id, first_sequence)";

    private static final String REMOVE_LATE = "delete from pawl_outbox_late" + NAMED;

    private static final String RELEASE = "insert into pawl_outbox (run_id, first_sequence)"
            + " select run_id, first_sequence from pawl_outbox_late where run_id = any(?)";

    private static final String RELEASED = "delete from pawl_outbox_late where run_id = any(?)";

    private static final String LEAVE_FRESH = "delete from pawl_outbox where run_id = ? and first_sequence = ?";

    private static final String ENTER_LATE =
            "insert into pawl_outbox_late (due_at, attempts, reason, run_id, first_sequence) values (?, ?, ?, ?, ?)";

    private static final String STAY_LATE = "update pawl_outbox_late set due_at = ?, attempts = ?, reason = ?"
            + " where run_id = ? and first_sequence = ? and attempts = ? and due_at is not null";

    private static final String LEAVE_LATE = "delete from pawl_outbox_late"
            + " where run_id = ? and first_sequence = ? and attempts = ? and due_at is not null";

    private OutboxMoves() {}

    public static void removeFresh(Connection connection, Collection<EntryKey> keys) throws SQLException {
        execute(connection, REMOVE_FRESH, keys);
    }

    /** Out of the way, behind the late entries of their runs. */
    public static void setAside(Connection connection, Collection<EntryKey> keys) throws SQLException {
        execute(connection, SET_ASIDE, keys);
        execute(connection, REMOVE_FRESH, keys);
    }

    /** Late entries, one a run; what waited behind them is fresh again. */
    public static void removeLate(Connection connection, Collection<EntryKey> keys) throws SQLException {
        execute(connection, REMOVE_LATE, keys);
        release(connection, keys);
    }

    private static void release(Connection connection, Collection<EntryKey> keys) throws SQLException {
        Object[] runs = keys.stream().map(key -> key.run().value()).distinct().toArray(String[]::new);
        for (String sql : List.of(RELEASE, RELEASED)) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                Parameters.of(statement).texts(runs);
                statement.executeUpdate();
            }
        }
    }

    private static void execute(Connection connection, String sql, Collection<EntryKey> keys) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            OutboxRows.bindKeys(Parameters.of(statement), keys);
            statement.executeUpdate();
        }
    }

    public static boolean postpone(Connection connection, Waiting entry, Instant due, String reason)
            throws SQLException {
        if (entry.attempts() > 0) {
            try (PreparedStatement statement = connection.prepareStatement(STAY_LATE)) {
                name(
                                Parameters.of(statement)
                                        .time(due)
                                        .number(entry.attempts() + 1)
                                        .text(reason),
                                entry)
                        .number(entry.attempts());
                return statement.executeUpdate() == 1;
            }
        }
        if (!leaveFresh(connection, entry)) {
            return false;
        }
        try (PreparedStatement statement = connection.prepareStatement(ENTER_LATE)) {
            name(Parameters.of(statement).time(due).number(1).text(reason), entry);
            statement.executeUpdate();
        }
        return true;
    }

    public static boolean bury(Connection connection, Waiting entry, String reason, Instant now) throws SQLException {
        boolean left = entry.attempts() == 0 ? leaveFresh(connection, entry) : leaveLate(connection, entry);
        if (left) {
            DeadLetterRows.buryEntry(connection, entry, reason, now);
        }
        return left;
    }

    private static boolean leaveFresh(Connection connection, Waiting entry) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LEAVE_FRESH)) {
            name(Parameters.of(statement), entry);
            return statement.executeUpdate() == 1;
        }
    }

    private static boolean leaveLate(Connection connection, Waiting entry) throws SQLException {
        boolean left;
        try (PreparedStatement statement = connection.prepareStatement(LEAVE_LATE)) {
            name(Parameters.of(statement), entry).number(entry.attempts());
            left = statement.executeUpdate() == 1;
        }
        if (left) {
            release(connection, List.of(entry.key()));
        }
        return left;
    }

    private static Parameters name(Parameters to, Waiting entry) throws SQLException {
        return to.text(entry.key().run().value()).number(entry.key().firstSequence());
    }
}
