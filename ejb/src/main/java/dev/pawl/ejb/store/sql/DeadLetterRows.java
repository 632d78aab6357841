package dev.pawl.ejb.store.sql;

import dev.pawl.engine.port.EventOutbox.Waiting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;

/** Writes dead letters. */
final class DeadLetterRows {

    private static final String BURY_ENTRY = "insert into pawl_dead_letter (buried_at, attempts, reason, run_id,"
            + " sequence, first_sequence, listener, tenant) values (?, ?, ?, ?, ?, ?, '',"
            + " coalesce((select r.tenant from pawl_run r where r.id = ?),"
            + " (select e.tenant from pawl_entity_event e where e.stream = ? and e.sequence = ?)))";

    private DeadLetterRows() {}

    static void buryEntry(Connection connection, Waiting entry, String reason, Instant now) throws SQLException {
        String run = entry.key().run().value();
        long sequence = entry.key().firstSequence();
        try (PreparedStatement statement = connection.prepareStatement(BURY_ENTRY)) {
            Parameters.of(statement)
                    .time(now)
                    .number(entry.attempts() + 1)
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
}
