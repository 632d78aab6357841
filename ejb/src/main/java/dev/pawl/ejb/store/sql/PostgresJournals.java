package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Failure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Writes any number of entries with one statement: each column travels as an array. */
final class PostgresJournals implements JournalWriting {

    private static final String WRITE = "insert into pawl_checkpoint (run_id, ordinal, branch, name, occurrence, kind,"
            + " status, attempt, started_at, completed_at, wake_at, output, error_code, error_message, error_stage, detail,"
            + " cost, tokens)"
            + " select * from unnest(?::text[], ?::int4[], ?::text[], ?::text[], ?::int4[], ?::text[], ?::text[],"
            + " ?::int4[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[],"
            + " ?::text[], ?::float8[], ?::int8[])"
            + " on conflict (run_id, ordinal) do update set branch = excluded.branch, name = excluded.name,"
            + " occurrence = excluded.occurrence, kind = excluded.kind, status = excluded.status,"
            + " attempt = excluded.attempt, started_at = excluded.started_at, completed_at = excluded.completed_at,"
            + " wake_at = excluded.wake_at, output = excluded.output, error_code = excluded.error_code,"
            + " error_message = excluded.error_message, error_stage = excluded.error_stage, detail = excluded.detail,"
            + " cost = excluded.cost, tokens = excluded.tokens";

    @Override
    public void writeEntries(Connection connection, List<Entry> entries) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
            new Columns<>(Parameters.of(statement), entries)
                    .text(row -> row.run().value())
                    .integer(row -> row.checkpoint().ordinal())
                    .text(row -> row.checkpoint().branch())
                    .text(row -> row.checkpoint().name())
                    .integer(row -> row.checkpoint().occurrence())
                    .text(row -> row.checkpoint().kind().name())
                    .text(row -> row.checkpoint().status().name())
                    .integer(row -> row.checkpoint().attempt())
                    .time(row -> row.checkpoint().startedAt())
                    .time(row -> row.checkpoint().completedAt())
                    .time(row -> row.checkpoint().wakeAt())
                    .text(row -> RunColumns.encoded(row.checkpoint().output()))
                    .text(row -> RunColumns.of(row.checkpoint().failure(), Failure::code))
                    .text(row -> RunColumns.of(row.checkpoint().failure(), Failure::message))
                    .text(row -> RunColumns.of(row.checkpoint().failure(), Failure::stage))
                    .text(row -> row.checkpoint().detail())
                    .decimal(row -> row.checkpoint().cost())
                    .bigint(row -> row.checkpoint().tokens());
            statement.executeUpdate();
        }
    }
}
