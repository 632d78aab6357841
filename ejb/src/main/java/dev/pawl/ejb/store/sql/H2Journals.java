package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.Failure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Writes entries in batches. */
final class H2Journals {

    private static final String WRITE = "merge into pawl_checkpoint (run_id, ordinal, branch, name, occurrence, kind,"
            + " status, attempt, started_at, completed_at, wake_at, output, error_code, error_message, error_stage, detail,"
            + " cost, tokens) key (run_id, ordinal) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private H2Journals() {}

    static void write(Connection connection, List<ChangedCheckpoint> checkpoints) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
            for (ChangedCheckpoint row : checkpoints) {
                Checkpoint entry = row.checkpoint();
                Parameters.of(statement)
                        .text(row.run().value())
                        .number((long) entry.ordinal())
                        .text(entry.branch())
                        .text(entry.name())
                        .number((long) entry.occurrence())
                        .text(entry.kind().name())
                        .text(entry.status().name())
                        .number((long) entry.attempt())
                        .time(entry.startedAt())
                        .time(entry.completedAt())
                        .time(entry.wakeAt())
                        .text(RunColumns.encoded(entry.output()))
                        .text(RunColumns.of(entry.failure(), Failure::code))
                        .text(RunColumns.of(entry.failure(), Failure::message))
                        .text(RunColumns.of(entry.failure(), Failure::stage))
                        .text(entry.detail())
                        .number(entry.cost())
                        .number(entry.tokens());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
