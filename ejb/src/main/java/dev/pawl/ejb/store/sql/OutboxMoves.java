package dev.pawl.ejb.store.sql;

import dev.pawl.ejb.store.sql.OutboxRows.Behind;
import dev.pawl.engine.model.EntryKey;
import dev.pawl.engine.model.EntryName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Moves entries between the lanes of the outbox and out of it. The caller holds the relay's duty. */
public final class OutboxMoves {

    private static final String SET_ASIDE =
            "insert into pawl_outbox_late (run_id, first_sequence, attempts) select k.run_id, k.first_sequence, 0"
                    + " from unnest(?, ?) as k(run_id, first_sequence)";

    private static final String REMOVE_LATE =
            "delete from pawl_outbox_late where (run_id, first_sequence) in (select k.run_id, k.first_sequence"
                    + " from unnest(?, ?) as k(run_id, first_sequence))";

    private static final String BEHIND = "select run_id, first_sequence from pawl_outbox_late where run_id = any(?)";

    private static final String ENTER_LATE =
            "insert into pawl_outbox_late (due_at, attempts, reason, run_id, first_sequence) values (?, ?, ?, ?, ?)";

    private static final String STAY_LATE = "update pawl_outbox_late set due_at = ?, attempts = ?, reason = ?"
            + " where run_id = ? and first_sequence = ? and attempts = ? and due_at is not null";

    private static final String LEAVE_LATE = "delete from pawl_outbox_late"
            + " where run_id = ? and first_sequence = ? and attempts = ? and due_at is not null";

    private OutboxMoves() {}

    /** Out of the way, behind the late entries of their runs. */
    public static void setAside(Connection connection, Collection<Behind> entries) throws SQLException {
        execute(connection, SET_ASIDE, entries.stream().map(Behind::key).toList());
        SlipRows.remove(connection, entries.stream().map(Behind::name).toList());
    }

    /** Out of the outbox; what waited behind late ones, of which there is one a run, is fresh again. */
    public static void remove(Connection connection, Collection<? extends EntryName> names) throws SQLException {
        List<EntryName.Fresh> fresh = OutboxRows.fresh(names);
        if (!fresh.isEmpty()) {
            SlipRows.remove(connection, fresh);
        }
        List<EntryKey> late = OutboxRows.late(names);
        if (!late.isEmpty()) {
            execute(connection, REMOVE_LATE, late);
            release(connection, late);
        }
    }

    private static void release(Connection connection, Collection<EntryKey> late) throws SQLException {
        List<EntryKey> behind = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(BEHIND)) {
            Parameters.of(statement)
                    .texts(late.stream()
                            .map(key -> key.run().value())
                            .distinct()
                            .toArray(String[]::new));
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    behind.add(OutboxRows.key(result));
                }
            }
        }
        if (!behind.isEmpty()) {
            SlipRows.addInFront(connection, behind);
            execute(connection, REMOVE_LATE, behind);
        }
    }

    private static void execute(Connection connection, String sql, Collection<EntryKey> keys) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            OutboxRows.bindKeys(Parameters.of(statement), keys);
            statement.executeUpdate();
        }
    }

    /** Answers which entry it was, while it is what it was. */
    public static Optional<EntryKey> postpone(Connection connection, EntryName entry, Instant due, String reason)
            throws SQLException {
        if (entry instanceof EntryName.Late late) {
            return stayLate(connection, late, due, reason) ? Optional.of(late.key()) : Optional.empty();
        }
        Optional<EntryKey> left = leave(connection, entry);
        if (left.isPresent()) {
            try (PreparedStatement statement = connection.prepareStatement(ENTER_LATE)) {
                name(Parameters.of(statement).time(due).number(1).text(reason), left.get());
                statement.executeUpdate();
            }
        }
        return left;
    }

    private static boolean stayLate(Connection connection, EntryName.Late entry, Instant due, String reason)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(STAY_LATE)) {
            Parameters to = Parameters.of(statement)
                    .time(due)
                    .number(entry.attempts() + 1)
                    .text(reason);
            name(to, entry.key()).number(entry.attempts());
            return statement.executeUpdate() == 1;
        }
    }

    /** Answers as {@link #postpone} does. */
    public static Optional<EntryKey> bury(Connection connection, EntryName entry, String reason, Instant now)
            throws SQLException {
        Optional<EntryKey> left = leave(connection, entry);
        if (left.isPresent()) {
            DeadLetterRows.buryEntry(connection, left.get(), entry.attempts() + 1, reason, now);
        }
        return left;
    }

    private static Optional<EntryKey> leave(Connection connection, EntryName entry) throws SQLException {
        if (entry instanceof EntryName.Late late) {
            return leaveLate(connection, late) ? Optional.of(late.key()) : Optional.empty();
        }
        EntryName.Fresh fresh = (EntryName.Fresh) entry;
        Optional<EntryKey> key = SlipRows.key(connection, fresh);
        if (key.isPresent()) {
            SlipRows.remove(connection, List.of(fresh));
        }
        return key;
    }

    private static boolean leaveLate(Connection connection, EntryName.Late entry) throws SQLException {
        boolean left;
        try (PreparedStatement statement = connection.prepareStatement(LEAVE_LATE)) {
            name(Parameters.of(statement), entry.key()).number(entry.attempts());
            left = statement.executeUpdate() == 1;
        }
        if (left) {
            release(connection, List.of(entry.key()));
        }
        return left;
    }

    private static Parameters name(Parameters to, EntryKey entry) throws SQLException {
        return to.text(entry.run().value()).number(entry.firstSequence());
    }
}
