package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.EntryKey;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.DeadLetters.Selection;
import dev.pawl.engine.port.ListenerDeliveries.Hold;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Writes dead letters, and puts them back. */
public final class DeadLetterRows {

    private static final String BURY_ENTRY = "insert into pawl_dead_letter (buried_at, attempts, reason, run_id,"
            + " sequence, first_sequence, listener, tenant) values (?, ?, ?, ?, ?, ?, '',"
            + " coalesce((select r.tenant from pawl_run r where r.id = ?),"
            + " (select e.tenant from pawl_entity_event e where e.stream = ? and e.sequence = ?)))";

    private static final String BURY_DELIVERY = "insert into pawl_dead_letter (buried_at, attempts, reason, run_id,"
            + " sequence, first_sequence, listener, tenant)"
            + " select cast(? as timestamp(6) with time zone), d.attempts, cast(? as varchar), d.run_id, d.sequence,"
            + " d.first_sequence, d.listener, r.tenant from pawl_listener_delivery d join pawl_run r on r.id = d.run_id"
            + " where d.listener = ? and d.run_id = ? and d.sequence = ? and d.owner = ? and d.attempts = ?";

    private static final String ONE_AT_A_TIME = "select name from pawl_duty where name = 'relay' for update";

    private static final String OLDEST =
            "select d.run_id, d.sequence, d.listener, d.first_sequence from pawl_dead_letter d"
                    + " where d.tenant = ?%s order by d.buried_at, d.run_id, d.sequence, d.listener limit ?";

    private static final String REMOVE = "delete from pawl_dead_letter where (run_id, sequence, listener) in"
            + " (select k.run_id, k.sequence, k.listener from unnest(?, ?, ?) as k(run_id, sequence, listener))";

    private static final String TO_LISTENERS =
            "insert into pawl_listener_delivery (run_id, sequence, listener, first_sequence, due_at, attempts)"
                    + " select k.run_id, k.sequence, k.listener, k.first_sequence, cast(? as timestamp(6) with time zone), 0"
                    + " from unnest(?, ?, ?, ?) as k(run_id, sequence, listener, first_sequence) where k.listener <> ''";

    private record Letter(String run, long sequence, String listener, long firstSequence) {}

    private DeadLetterRows() {}

    /** @param attempts that failed, this one included */
    static void buryEntry(Connection connection, EntryKey entry, int attempts, String reason, Instant now)
            throws SQLException {
        String run = entry.run().value();
        long sequence = entry.firstSequence();
        try (PreparedStatement statement = connection.prepareStatement(BURY_ENTRY)) {
            Parameters.of(statement)
                    .time(now)
                    .number(attempts)
                    .text(reason)
                    .text(run)
                    .number(sequence)
                    .number(sequence)
                    .text(run)
                    .text(run)
                    .number(sequence);
            statement.executeUpdate();
        }
    }

    /** Answers false when the holder holds it no more. */
    static boolean buryDelivery(Connection connection, Hold hold, String reason, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BURY_DELIVERY)) {
            DeliveryRows.ifHeld(Parameters.of(statement).time(now).text(reason), hold);
            return statement.executeUpdate() == 1;
        }
    }

    /** Replays happen one after the other, and not while events are relayed, so that each letter is put back once. */
    public static int replay(Connection connection, Selection selection, int max, Instant now) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(ONE_AT_A_TIME)) {
            lock.executeQuery().close();
        }
        List<Letter> oldest = oldest(connection, selection, max);
        if (!oldest.isEmpty()) {
            execute(connection, REMOVE, oldest);
            SlipRows.addInFront(
                    connection,
                    oldest.stream()
                            .filter(letter -> letter.listener().isEmpty())
                            .map(letter -> new EntryKey(new RunId(letter.run()), letter.sequence()))
                            .toList());
            toListeners(connection, oldest, now);
        }
        return oldest.size();
    }

    private static List<Letter> oldest(Connection connection, Selection selection, int max) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(OLDEST.formatted(DeadLetterSelection.condition(selection)))) {
            Parameters parameters = Parameters.of(statement).text(selection.tenant());
            DeadLetterSelection.bind(selection, parameters);
            parameters.number(max);
            return Row.list(statement, row -> new Letter(row.text(), row.number(), row.text(), row.number()));
        }
    }

    private static void execute(Connection connection, String sql, List<Letter> letters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            keys(Parameters.of(statement), letters);
            statement.executeUpdate();
        }
    }

    private static void toListeners(Connection connection, List<Letter> letters, Instant due) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TO_LISTENERS)) {
            keys(Parameters.of(statement).time(due), letters)
                    .array("int8", letters.stream().map(Letter::firstSequence).toArray(Long[]::new));
            statement.executeUpdate();
        }
    }

    private static Parameters keys(Parameters to, List<Letter> letters) throws SQLException {
        return to.texts(letters.stream().map(Letter::run).toArray(String[]::new))
                .array("int8", letters.stream().map(Letter::sequence).toArray(Long[]::new))
                .texts(letters.stream().map(Letter::listener).toArray(String[]::new));
    }
}
