package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Lease;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunHeader;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunRequest;
import dev.pawl.engine.model.StepKey;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.port.StaleRunException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Writes rows in batches. */
final class H2Writing implements RunWriting {

    private static final String INSERT_RUN =
            "insert into pawl_run (status, paused, claim_order, group_no, prior_attempts, started_at,"
                    + " completed_at, output, error_code, error_message, error_stage, cost, tokens, last_sequence, version, start_limit,"
                    + " id, tenant, workflow_id, workflow_version, priority, correlation_id, principal, parent_id, created_at,"
                    + " trace, input, config, metadata) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                    + " ?, ?, ?, ?)";

    private static final String UPDATE_RUN =
            "update pawl_run set status = ?, paused = ?, claim_order = ?, group_no = ?,"
                    + " prior_attempts = ?, started_at = ?, completed_at = ?, output = ?, error_code = ?, error_message = ?, error_stage = ?, cost = ?,"
                    + " tokens = ?, last_sequence = ?, version = ?, start_limit = ? where id = ? and version = ?";

    private static final String UPDATE_STEP =
            "update pawl_step set name = ?, kind = ?, group_no = ?, ordinal = ?, priority = ?,"
                    + " status = ?, attempt = ?, due_at = ?,"
                    // a heartbeat may have extended the lease since the step was read
                    + " lease_until = case when lease_token = ? then greatest(lease_until, ?) else ? end,"
                    + " lease_token = ?, lease_owner = ?, started_at = ?, completed_at = ?, output = ?, error_code = ?,"
                    + " error_message = ?, error_stage = ?, suspension = ?, progress = ?, metrics = ?, cost = ?, tokens = ?"
                    + " where run_id = ? and step_id = ?";

    private static final String INSERT_STEP =
            "insert into pawl_step (name, kind, group_no, ordinal, priority, status, attempt,"
                    + " due_at, lease_until, lease_token, lease_owner, started_at, completed_at, output, error_code, error_message,"
                    + " error_stage, suspension, progress, metrics, cost, tokens, run_id, step_id)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String INSERT_CHUNK = "insert into pawl_event_chunk (run_id, first_sequence, occurred_at,"
            + " last_sequence, causation_id, events) values (?, ?, ?, ?, ?, ?)";

    private static final String[] POSITION = {"position"};

    private static final String HELD =
            "select run_id, step_id from pawl_step where lease_owner = ? order by run_id, step_id for update";

    private static final String EXTEND_LEASES = "update pawl_step set lease_until = ? where lease_owner = ?";

    @Override
    public void save(Connection connection, List<Run> fresh, List<Run> known, boolean commits) throws SQLException {
        if (!known.isEmpty()) {
            updateRuns(connection, known);
        }
        if (!fresh.isEmpty()) {
            insertRuns(connection, fresh);
        }
        List<Run> all = RunRows.inOrder(fresh, known);
        writeSteps(connection, all);
        insertEvents(connection, all);
        List<ChangedCheckpoint> checkpoints = ChangedCheckpoint.of(all);
        if (!checkpoints.isEmpty()) {
            H2Journals.write(connection, checkpoints);
        }
    }

    private static void insertRuns(Connection connection, List<Run> runs) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INSERT_RUN)) {
            for (Run run : runs) {
                RunHeader header = run.header();
                RunRequest request = run.request().orElseThrow();
                state(Parameters.of(statement), run)
                        .text(run.id().value())
                        .text(header.tenant())
                        .text(header.workflowId())
                        .number(header.workflowVersion())
                        .number(header.priority())
                        .text(header.correlationId())
                        .text(header.principal())
                        .text(RunColumns.parent(run))
                        .time(header.createdAt())
                        .text(RunColumns.trace(run))
                        .text(request.input().encoded())
                        .text(request.config())
                        .text(request.metadata());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void updateRuns(Connection connection, List<Run> runs) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UPDATE_RUN)) {
            for (Run run : runs) {
                state(Parameters.of(statement), run).text(run.id().value()).number(run.loadedVersion());
                statement.addBatch();
            }
            int[] counts = statement.executeBatch();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] != 1) {
                    throw new StaleRunException(runs.get(i).id(), runs.get(i).loadedVersion());
                }
            }
        }
    }

    private static Parameters state(Parameters to, Run run) throws SQLException {
        Failure failure = run.state().failure();
        return to.text(run.status().name())
                .flag(run.state().paused())
                .number(RunColumns.claimOrder(run))
                .number(run.state().group())
                .number(run.state().priorAttempts())
                .time(run.state().startedAt())
                .time(run.state().completedAt())
                .text(RunColumns.encoded(run.state().output()))
                .text(RunColumns.of(failure, Failure::code))
                .text(RunColumns.of(failure, Failure::message))
                .text(RunColumns.of(failure, Failure::stage))
                .number(run.state().cost())
                .number(run.state().tokens())
                .number(run.state().lastSequence())
                .number(run.state().version())
                .text(RunColumns.startLimit(run));
    }

    private static void writeSteps(Connection connection, List<Run> runs) throws SQLException {
        List<ChangedStep> steps = ChangedStep.of(runs);
        if (!steps.isEmpty()) {
            insertSteps(connection, withoutUpdated(connection, steps));
        }
    }

    /** Updates the steps that have a row and answers the others. */
    private static List<ChangedStep> withoutUpdated(Connection connection, List<ChangedStep> steps)
            throws SQLException {
        List<ChangedStep> missing = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(UPDATE_STEP)) {
            for (ChangedStep changed : steps) {
                Lease lease = changed.step().lease();
                Parameters to = place(Parameters.of(statement), changed)
                        .text(RunColumns.of(lease, Lease::token))
                        .time(RunColumns.of(lease, Lease::until));
                outcome(to, changed);
                statement.addBatch();
            }
            int[] counts = statement.executeBatch();
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] == 0) {
                    missing.add(steps.get(i));
                }
            }
        }
        return missing;
    }

    private static void insertSteps(Connection connection, List<ChangedStep> steps) throws SQLException {
        if (steps.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(INSERT_STEP)) {
            for (ChangedStep changed : steps) {
                outcome(place(Parameters.of(statement), changed), changed);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static Parameters place(Parameters to, ChangedStep changed) throws SQLException {
        StepState step = changed.step();
        return to.text(step.name())
                .text(RunColumns.kind(step))
                .number(step.group())
                .number(step.ordinal())
                .number(changed.priority())
                .text(step.status().name())
                .number(step.attempt())
                .time(step.dueAt());
    }

    private static void outcome(Parameters to, ChangedStep changed) throws SQLException {
        StepState step = changed.step();
        to.time(RunColumns.of(step.lease(), Lease::until))
                .text(RunColumns.of(step.lease(), Lease::token))
                .text(RunColumns.of(step.lease(), Lease::owner))
                .time(step.startedAt())
                .time(step.completedAt())
                .text(RunColumns.encoded(step.output()))
                .text(RunColumns.of(step.failure(), Failure::code))
                .text(RunColumns.of(step.failure(), Failure::message))
                .text(RunColumns.of(step.failure(), Failure::stage))
                .text(RunColumns.suspension(step))
                .text(step.progress())
                .text(step.metrics())
                .number(step.cost())
                .number(step.tokens())
                .text(changed.run().value())
                .text(step.id());
    }

    private static void insertEvents(Connection connection, List<Run> runs) throws SQLException {
        List<Chunk> chunks = Chunk.of(runs);
        for (int begin = 0; begin < chunks.size(); begin += SlipRows.LONGEST) {
            List<Chunk> part = chunks.subList(begin, Math.min(begin + SlipRows.LONGEST, chunks.size()));
            SlipRows.add(connection, FeedRows.RUNS, insertChunks(connection, part));
        }
    }

    /** Answers their positions. */
    private static List<Long> insertChunks(Connection connection, List<Chunk> chunks) throws SQLException {
        try (PreparedStatement history = connection.prepareStatement(INSERT_CHUNK, POSITION)) {
            for (Chunk chunk : chunks) {
                Parameters.of(history)
                        .text(chunk.run().value())
                        .number(chunk.firstSequence())
                        .time(chunk.occurredAt())
                        .number(chunk.lastSequence())
                        .text(chunk.causationId())
                        .text(chunk.events());
                history.addBatch();
            }
            history.executeBatch();
            return H2Dialect.generated(history);
        }
    }

    @Override
    public Set<StepKey> extendLeases(Connection connection, String owner, Instant until) throws SQLException {
        Set<StepKey> held;
        try (PreparedStatement statement = connection.prepareStatement(HELD)) {
            Parameters.of(statement).text(owner);
            held = Row.set(statement, row -> new StepKey(new RunId(row.text()), row.text()));
        }
        try (PreparedStatement statement = connection.prepareStatement(EXTEND_LEASES)) {
            Parameters.of(statement).time(until).text(owner);
            statement.executeUpdate();
        }
        return held;
    }
}
