package dev.pawl.ejb.store.sql;

import dev.pawl.ejb.store.sql.RunRows.Head;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunRequest;
import dev.pawl.engine.model.StepState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Locks runs first and reads their steps then.
 *
 * <p>H2 counts rows that it skips because they are locked against a limit, so a second claimer would get nothing. Candidates
 * are therefore looked up without locks and locked one by one until there are enough; in the server's own process that
 * costs little.
 */
final class H2Picking implements RunPicking {

    private static final String LOCK =
            "select " + RunRows.run("r") + " from pawl_run r where r.id = any(?) order by r.id for update";

    private static final String LOCK_ONE =
            "select " + RunRows.run("r") + ", " + RunRows.request("r") + " from pawl_run r where r.id = ? and ";

    private static final String IF_PENDING = "r.claim_order is not null for update skip locked";

    private static final String IF_ACTIVE = "r.status in ('RUNNING', 'SUSPENDED') for update skip locked";

    private static final String STEPS = "select s.run_id, " + RunRows.step("s")
            + " from pawl_step s join pawl_run r on r.id = s.run_id and r.group_no = s.group_no"
            + " where s.run_id = any(?) order by s.run_id, s.ordinal";

    private static final String PENDING = "select r.id, 1 from pawl_run r where r.claim_order is not null"
            + " order by r.claim_order, r.created_at, r.id limit ? offset ?";

    private static final String DUE = "select d.run_id, count(*) from pawl_step d join pawl_run r on r.id = d.run_id"
            + " where d.due_at <= ? and d.status in ('PENDING', 'SUSPENDED') and r.status in ('RUNNING', 'SUSPENDED') and not r.paused"
            + " group by d.run_id order by max(d.priority) desc, min(d.due_at), d.run_id limit ? offset ?";

    private static final String EXPIRED =
            "select d.run_id, count(*) from pawl_step d join pawl_run r on r.id = d.run_id"
                    + " where d.lease_owner is not null and d.lease_until < ? and r.status in ('RUNNING', 'SUSPENDED')"
                    + " group by d.run_id order by min(d.lease_until), d.run_id limit ? offset ?";

    private static final String LEFT_BEHIND =
            "select d.run_id, count(*) from pawl_step d join pawl_run r on r.id = d.run_id"
                    + " where d.lease_owner >= ? || '#' and d.lease_owner < ? || '$' and d.lease_owner <> ?"
                    + " and r.status in ('RUNNING', 'SUSPENDED') group by d.run_id order by d.run_id limit ? offset ?";

    /** Reads every run: repair is rare, and an index for it would cost each run an entry. */
    private static final String STUCK = "select r.id, 1 from pawl_run r where r.status in ('RUNNING', 'SUSPENDED') and "
            + RunReading.STUCK + " order by r.id limit ? offset ?";

    /** Reads every step, once when a server starts. */
    private static final String PARKED = "select d.run_id, 1 from pawl_step d where d.kind = 'CODE'"
            + " and d.error_code is not null and d.due_at is null and d.status = 'SUSPENDED' and d.lease_owner is null"
            + " order by d.run_id limit ? offset ?";

    private interface Binding {
        void to(Parameters parameters) throws SQLException;
    }

    private record Candidate(RunId id, int weight) {}

    private record Locked(Head head, RunRequest request) {}

    @Override
    public Map<RunId, Run> lock(Connection connection, Collection<RunId> ids) throws SQLException {
        List<Head> heads;
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            Parameters.of(statement).texts(RunRows.values(ids.stream().sorted().distinct()));
            heads = Row.list(statement, RunRows::head);
        }
        return withSteps(connection, heads);
    }

    @Override
    public List<Run> lockPending(Connection connection, int max) throws SQLException {
        return lockEach(connection, PENDING, to -> {}, IF_PENDING, max).stream()
                .map(locked -> locked.head().with(locked.request()))
                .toList();
    }

    @Override
    public List<Run> lockDue(Connection connection, int max, Instant now) throws SQLException {
        return lockActive(connection, DUE, to -> to.time(now), max, Picked.forDue(now));
    }

    @Override
    public List<Run> lockStuck(Connection connection, int max) throws SQLException {
        return lockActive(connection, STUCK, to -> {}, max, Picked::isStuck);
    }

    @Override
    public List<Run> lockParked(Connection connection, int max) throws SQLException {
        return lockActive(connection, PARKED, to -> {}, max, Picked::isParked);
    }

    @Override
    public List<Run> lockExpired(Connection connection, int max, Instant now) throws SQLException {
        return lockActive(connection, EXPIRED, to -> to.time(now), max, Picked.forExpired(now));
    }

    @Override
    public List<Run> lockLeftBehind(Connection connection, int max, String node, String currentOwner)
            throws SQLException {
        return lockActive(
                connection,
                LEFT_BEHIND,
                to -> to.text(node).text(node).text(currentOwner),
                max,
                Picked.forLeftBehind(node, currentOwner));
    }

    private static List<Run> lockActive(
            Connection connection, String candidates, Binding binding, int max, Predicate<Run> still)
            throws SQLException {
        List<Head> heads = lockEach(connection, candidates, binding, IF_ACTIVE, max).stream()
                .map(Locked::head)
                .toList();
        return withSteps(connection, heads).values().stream().filter(still).toList();
    }

    private static List<Locked> lockEach(
            Connection connection, String candidates, Binding binding, String condition, int max) throws SQLException {
        List<Locked> locked = new ArrayList<>();
        int page = 2 * max;
        int left = max;
        try (PreparedStatement lockOne = connection.prepareStatement(LOCK_ONE + condition)) {
            List<Candidate> found;
            int offset = 0;
            do {
                found = candidates(connection, candidates, binding, page, offset);
                for (Candidate candidate : found) {
                    if (left > 0) {
                        Optional<Locked> run = lockOne(lockOne, candidate.id());
                        run.ifPresent(locked::add);
                        left -= run.isPresent() ? candidate.weight() : 0;
                    }
                }
                offset += page;
            } while (left > 0 && found.size() == page);
        }
        return locked;
    }

    private static List<Candidate> candidates(Connection connection, String sql, Binding binding, int limit, int offset)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Parameters parameters = Parameters.of(statement);
            binding.to(parameters);
            parameters.number(limit).number(offset);
            return Row.list(statement, row -> new Candidate(new RunId(row.text()), row.integer()));
        }
    }

    private static Optional<Locked> lockOne(PreparedStatement statement, RunId id) throws SQLException {
        Parameters.of(statement).text(id.value());
        try (ResultSet result = statement.executeQuery()) {
            if (!result.next()) {
                return Optional.empty();
            }
            Row row = new Row(result);
            return Optional.of(new Locked(RunRows.head(row), RunRows.request(row)));
        }
    }

    private static Map<RunId, Run> withSteps(Connection connection, List<Head> heads) throws SQLException {
        Map<RunId, List<StepState>> steps = new LinkedHashMap<>();
        heads.forEach(head -> steps.put(head.id(), new ArrayList<>()));
        if (!heads.isEmpty()) {
            try (PreparedStatement statement = connection.prepareStatement(STEPS)) {
                Parameters.of(statement).texts(RunRows.values(steps.keySet().stream()));
                try (ResultSet result = statement.executeQuery()) {
                    while (result.next()) {
                        Row row = new Row(result);
                        List<StepState> known = steps.get(new RunId(row.text()));
                        known.add(RunRows.step(row));
                    }
                }
            }
        }
        Map<RunId, Run> runs = new LinkedHashMap<>();
        heads.forEach(head -> runs.put(head.id(), head.with(steps.get(head.id()))));
        return runs;
    }
}
