package dev.pawl.ejb.store.sql;

import static java.util.stream.Collectors.joining;

import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Lease;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StepKey;
import dev.pawl.engine.port.StaleRunException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Writes any number of rows with one statement per table: each column travels as an array. */
final class PostgresWriting implements RunWriting {

    private static final String RUN_STATE = "status text, paused bool, claim_order int4, group_no int4,"
            + " prior_attempts int4, started_at timestamptz, completed_at timestamptz, output text, error_code text,"
            + " error_message text, error_stage text, cost float8, tokens int8, last_sequence int8, version int8,"
            + " start_limit text";

    private static final ArrayRows CREATED = ArrayRows.of(
            "id text, tenant text, workflow_id text, workflow_version int4, priority int4, correlation_id text,"
                    + " principal text, parent_id text, created_at timestamptz, trace text, input text, config text,"
                    + " metadata text",
            RUN_STATE);

    private static final ArrayRows CHANGED = ArrayRows.of("id text, loaded_version int8", RUN_STATE);

    private static final ArrayRows STEP = ArrayRows.of("run_id text, step_id text, name text, kind text, group_no int4,"
            + " ordinal int4, priority int4, status text, attempt int4, due_at timestamptz, lease_token text,"
            + " lease_owner text, lease_until timestamptz, started_at timestamptz, completed_at timestamptz,"
            + " output text, error_code text, error_message text, error_stage text, suspension text, progress text,"
            + " metrics text, cost float8, tokens int8");

    private static final ArrayRows CHUNK = ArrayRows.of("run_id text, first_sequence int8, last_sequence int8,"
            + " occurred_at timestamptz, causation_id text, events text");

    private static final String INSERT_RUNS = "insert into pawl_run (" + CREATED.list() + ") " + CREATED.select();

    /** Fails if one of the runs is not at its version: when it is answered, all of the save may be committed already. */
    private static final String UPDATE_RUNS = "with changed as (update pawl_run r set " + CHANGED.updates(2, "u")
            + " from (" + CHANGED.select() + ") u where r.id = u.id and r.version = u.loaded_version returning r.id)"
            + " select pawl_refuse_stale(?, array_agg(id)) from changed";

    /** In the SQL standard; what {@code pawl_refuse_stale} fails with. */
    private static final String SERIALIZATION_FAILURE = "40001";

    /**
     * No insert on conflict, which locks what it finds before it changes it, and what it does not find takes two records in the
     * log. The caller holds the steps' runs, so that nobody else adds steps to them.
     */
    private static final String WRITE_STEPS = "merge into pawl_step s using (" + STEP.select() + ") u"
            + " on s.run_id = u.run_id and s.step_id = u.step_id when matched then update set "
            + STEP.updates(2, PostgresWriting::written)
            + " when not matched then insert (" + STEP.list() + ") values ("
            + STEP.names().stream().map(column -> "u." + column).collect(joining(", ")) + ")";

    /** A heartbeat may have extended the lease since the step was read. */
    private static String written(String column) {
        return column.equals("lease_until")
                ? "case when s.lease_token = u.lease_token"
                        + " then greatest(s.lease_until, u.lease_until) else u.lease_until end"
                : "u." + column;
    }

    private static final String INSERT_EVENTS = "with chunk as (insert into pawl_event_chunk (" + CHUNK.list() + ") "
            + CHUNK.select() + " returning position) insert into pawl_outbox (feed, positions)"
            + " select 'r', array_agg(position order by position) from chunk";

    /** Rows are locked in the order in which saves lock them. */
    private static final String EXTEND_LEASES =
            "with held as (select run_id, step_id from pawl_step where lease_owner = ? order by run_id, step_id"
                    + " for no key update)"
                    + " update pawl_step s set lease_until = ? from held"
                    + " where s.run_id = held.run_id and s.step_id = held.step_id returning s.run_id, s.step_id";

    private static final int UPDATES = 1;
    private static final int INSERTS = 2;
    private static final int STEPS = 4;
    private static final int EVENTS = 8;
    private static final int JOURNALS = 16;
    private static final int COMMIT = 32;

    /** What a save may send, by the parts it has: each text is made once, because it is asked for with every save. */
    private static final List<String> SAVES = IntStream.range(0, 2 * COMMIT)
            .mapToObj(parts -> Stream.of(
                            part(parts, UPDATES, UPDATE_RUNS),
                            part(parts, INSERTS, INSERT_RUNS),
                            part(parts, STEPS, WRITE_STEPS),
                            part(parts, EVENTS, INSERT_EVENTS),
                            part(parts, JOURNALS, PostgresJournals.WRITE),
                            part(parts, COMMIT, "commit"))
                    .flatMap(Optional::stream)
                    .collect(joining("; ")))
            .toList();

    private static Optional<String> part(int parts, int which, String sql) {
        return (parts & which) == 0 ? Optional.empty() : Optional.of(sql);
    }

    private static int which(List<?> rows, int part) {
        return rows.isEmpty() ? 0 : part;
    }

    /** All of it travels to the database and back together: statements cost less than the ways to them. */
    @Override
    public void save(Connection connection, List<Run> fresh, List<Run> known, boolean commits) throws SQLException {
        List<Run> all = RunRows.inOrder(fresh, known);
        List<ChangedStep> steps = ChangedStep.of(all);
        List<Chunk> chunks = Chunk.of(all);
        List<ChangedCheckpoint> checkpoints = ChangedCheckpoint.of(all);
        int parts = which(known, UPDATES)
                | which(fresh, INSERTS)
                | which(steps, STEPS)
                | which(chunks, EVENTS)
                | which(checkpoints, JOURNALS);
        if (parts == 0) {
            return;
        }
        String sql = SAVES.get(commits ? parts | COMMIT : parts);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Parameters parameters = Parameters.of(statement);
            if (!known.isEmpty()) {
                changed(parameters, known);
            }
            if (!fresh.isEmpty()) {
                created(parameters, fresh);
            }
            if (!steps.isEmpty()) {
                steps(parameters, steps);
            }
            if (!chunks.isEmpty()) {
                events(parameters, chunks);
            }
            if (!checkpoints.isEmpty()) {
                PostgresJournals.bind(parameters, checkpoints);
            }
            statement.execute();
        } catch (SQLException e) {
            throw stale(known, e).orElseThrow(() -> e);
        }
    }

    private static Optional<StaleRunException> stale(List<Run> known, SQLException refusal) {
        return SERIALIZATION_FAILURE.equals(refusal.getSQLState())
                ? known.stream()
                        .filter(run -> refusal.getMessage().contains(run.id().value()))
                        .map(run -> new StaleRunException(run.id(), run.loadedVersion()))
                        .findFirst()
                : Optional.empty();
    }

    private static void created(Parameters to, List<Run> runs) throws SQLException {
        state(new Columns<>(to, runs)
                .text(run -> run.id().value())
                .text(run -> run.header().tenant())
                .text(run -> run.header().workflowId())
                .integer(run -> run.header().workflowVersion())
                .integer(run -> run.header().priority())
                .text(run -> run.header().correlationId())
                .text(run -> run.header().principal())
                .text(RunColumns::parent)
                .time(run -> run.header().createdAt())
                .text(RunColumns::trace)
                .text(run -> run.request().orElseThrow().input().encoded())
                .text(run -> run.request().orElseThrow().config())
                .text(run -> run.request().orElseThrow().metadata()));
    }

    private static void changed(Parameters to, List<Run> runs) throws SQLException {
        state(new Columns<>(to, runs).text(run -> run.id().value()).bigint(Run::loadedVersion));
        to.texts(RunRows.values(runs.stream().map(Run::id)));
    }

    /** What new and changed runs have in common. */
    private static void state(Columns<Run> columns) throws SQLException {
        columns.text(run -> run.status().name())
                .flag(run -> run.state().paused())
                .integer(RunColumns::claimOrder)
                .integer(run -> run.state().group())
                .integer(run -> run.state().priorAttempts())
                .time(run -> run.state().startedAt())
                .time(run -> run.state().completedAt())
                .text(run -> RunColumns.encoded(run.state().output()))
                .text(run -> RunColumns.of(run.state().failure(), Failure::code))
                .text(run -> RunColumns.of(run.state().failure(), Failure::message))
                .text(run -> RunColumns.of(run.state().failure(), Failure::stage))
                .decimal(run -> run.state().cost())
                .bigint(run -> run.state().tokens())
                .bigint(run -> run.state().lastSequence())
                .bigint(run -> run.state().version())
                .text(RunColumns::startLimit);
    }

    private static void steps(Parameters to, List<ChangedStep> steps) throws SQLException {
        new Columns<>(to, steps)
                .text(row -> row.run().value())
                .text(row -> row.step().id())
                .text(row -> row.step().name())
                .text(row -> RunColumns.kind(row.step()))
                .integer(row -> row.step().group())
                .integer(row -> row.step().ordinal())
                .integer(ChangedStep::priority)
                .text(row -> row.step().status().name())
                .integer(row -> row.step().attempt())
                .time(row -> row.step().dueAt())
                .text(row -> RunColumns.of(row.step().lease(), Lease::token))
                .text(row -> RunColumns.of(row.step().lease(), Lease::owner))
                .time(row -> RunColumns.of(row.step().lease(), Lease::until))
                .time(row -> row.step().startedAt())
                .time(row -> row.step().completedAt())
                .text(row -> RunColumns.encoded(row.step().output()))
                .text(row -> RunColumns.of(row.step().failure(), Failure::code))
                .text(row -> RunColumns.of(row.step().failure(), Failure::message))
                .text(row -> RunColumns.of(row.step().failure(), Failure::stage))
                .text(row -> RunColumns.suspension(row.step()))
                .text(row -> row.step().progress())
                .text(row -> row.step().metrics())
                .decimal(row -> row.step().cost())
                .bigint(row -> row.step().tokens());
    }

    private static void events(Parameters to, List<Chunk> chunks) throws SQLException {
        new Columns<>(to, chunks)
                .text(chunk -> chunk.run().value())
                .bigint(Chunk::firstSequence)
                .bigint(Chunk::lastSequence)
                .time(Chunk::occurredAt)
                .text(Chunk::causationId)
                .text(Chunk::events);
    }

    @Override
    public Set<StepKey> extendLeases(Connection connection, String owner, Instant until) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(EXTEND_LEASES)) {
            Parameters.of(statement).text(owner).time(until);
            return Row.set(statement, row -> new StepKey(new RunId(row.text()), row.text()));
        }
    }
}
