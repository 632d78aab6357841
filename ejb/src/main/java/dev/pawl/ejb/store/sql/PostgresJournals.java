package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Failure;
import java.sql.SQLException;
import java.util.List;

/** Checkpoints of any number of runs, written with one statement. */
final class PostgresJournals {

    private static final ArrayRows ENTRY = ArrayRows.of("run_id text, ordinal int4, branch text, name text,"
            + " occurrence int4, kind text, status text, attempt int4, started_at timestamptz, completed_at timestamptz,"
            + " wake_at timestamptz, output text, error_code text, error_message text, error_stage text, detail text,"
            + " cost float8, tokens int8");

    static final String WRITE = "insert into pawl_checkpoint (" + ENTRY.list() + ") " + ENTRY.select()
            + " on conflict (run_id, ordinal) do update set " + ENTRY.updates(2, "excluded");

    private PostgresJournals() {}

    static void bind(Parameters to, List<ChangedCheckpoint> checkpoints) throws SQLException {
        new Columns<>(to, checkpoints)
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
    }
}
