package dev.pawl.ejb.store.sql;

import dev.pawl.ejb.store.sql.RunRows.Joined;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Locks and reads runs with their steps in one statement.
 *
 * <p>PostgreSQL hands out a row it waited for as it became, but the rows joined to it as they were when the statement
 * began. So each run is joined with itself as it was seen then ({@code seen}); where the versions differ, the steps are
 * read again under the lock.
 *
 * <p>Of a range with two ends, though one of them shuts nothing out, the planner takes it without statistics that it holds one
 * row in two hundred, and of one with a single end, a third of the table, which it might as well read as a whole.
 */
final class PostgresPicking implements RunPicking {

    /**
     * A number the planner cannot see. Of what it sees it makes a plan for each call, because that looks cheaper than the one it
     * keeps for all, and making it takes longer than executing it.
     */
    private static final String KEPT_PLAN = "(select ?::int8)";

    private static final String RUN_AND_STEPS = "select " + RunRows.run("r") + ", seen.version, " + RunRows.step("s")
            + " from pawl_run r join pawl_run seen on seen.id = r.id"
            + " left join pawl_step s on s.run_id = seen.id and s.group_no = seen.group_no"
            + " where r.id = any(?) order by r.id, s.ordinal";

    private static final String LOCK = RUN_AND_STEPS + " for no key update of r";

    private static final String READ_AGAIN = "select " + RunRows.run("r") + ", r.version, " + RunRows.step("s")
            + " from pawl_run r left join pawl_step s on s.run_id = r.id and s.group_no = r.group_no"
            + " where r.id = any(?) order by r.id, s.ordinal";

    private static final String LOCK_PENDING = "select " + RunRows.run("r") + ", " + RunRows.request("r")
            + " from pawl_run r where r.claim_order is not null"
            + " order by r.claim_order, r.created_at, r.id limit " + KEPT_PLAN + " for no key update skip locked";

    private static final String ACTIVE = "r.status in ('RUNNING', 'SUSPENDED')";

    private static final String LOCK_DUE = pick(
            "due_at > '-infinity' and due_at <= (select ?::timestamptz) and status in ('PENDING', 'SUSPENDED')",
            "priority desc, due_at",
            ACTIVE + " and not r.paused");

    private static final String LOCK_PARKED = pick(
            "kind = 'CODE' and error_code is not null and due_at is null and status = 'SUSPENDED'"
                    + " and lease_owner is null",
            "run_id",
            "r.status = 'SUSPENDED'");

    private static final String LOCK_EXPIRED =
            pick("lease_owner > '' and lease_owner < '\uDBFF\uDFFF' and lease_until < ?", "lease_until", ACTIVE);

    /** The owner of a lease is its node, a '#' and an incarnation; '$' is the character after '#'. */
    private static final String LOCK_LEFT_BEHIND =
            pick("lease_owner >= ? || '#' and lease_owner < ? || '$' and lease_owner <> ?", "run_id", ACTIVE);

    /** Reads every run: repair is rare, and an index for it would cost each run an entry. */
    private static final String LOCK_STUCK = "with picked as materialized (select r.*, r.version as seen_version,"
            + " r.group_no as seen_group from pawl_run r where " + ACTIVE + " and " + RunReading.STUCK
            + " limit ? for no key update of r skip locked)"
            + " select " + RunRows.run("r") + ", r.seen_version, " + RunRows.step("s")
            + " from picked r left join pawl_step s on s.run_id = r.id and s.group_no = r.seen_group"
            + " order by r.id, s.ordinal";

    /**
     * Goes from the steps of open work to their runs. Without the fence of {@code offset 0} a planner whose statistics are
     * old might go from all runs to their steps; with it, steps also come in order and locking stops at the limit.
     */
    private static String pick(String steps, String order, String runs) {
        return "with picked as materialized (select r.*, seen.version as seen_version, seen.group_no as seen_group"
                + " from (select * from pawl_step where " + steps + " order by " + order + " offset 0) d"
                + " join pawl_run r on r.id = d.run_id join pawl_run seen on seen.id = d.run_id"
                + " where " + runs + " order by " + order(order) + " limit " + KEPT_PLAN
                + " for no key update of r skip locked),"
                + " once as (select distinct on (id) * from picked order by id)"
                + " select " + RunRows.run("r") + ", r.seen_version, " + RunRows.step("s")
                + " from once r left join pawl_step s on s.run_id = r.id and s.group_no = r.seen_group"
                + " order by r.priority desc, r.created_at, r.id, s.ordinal";
    }

    private static String order(String columns) {
        return "d." + columns.replace(", ", ", d.");
    }

    private interface Binding {
        void to(Parameters parameters) throws SQLException;
    }

    @Override
    public Map<RunId, Run> lock(Connection connection, Collection<RunId> ids) throws SQLException {
        Joined joined = query(
                connection,
                LOCK,
                to -> to.texts(RunRows.values(ids.stream().sorted().distinct())));
        if (joined.moved().isEmpty()) {
            return joined.runs();
        }
        Map<RunId, Run> all = new java.util.TreeMap<>(joined.runs());
        all.putAll(readAgain(connection, joined.moved()));
        return all;
    }

    @Override
    public List<Run> lockPending(Connection connection, int max) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK_PENDING)) {
            Parameters.of(statement).number(max);
            return Row.list(statement, row -> RunRows.head(row).with(RunRows.request(row)));
        }
    }

    @Override
    public List<Run> lockDue(Connection connection, int max, Instant now) throws SQLException {
        return pick(connection, LOCK_DUE, to -> to.time(now).number(max), Picked.forDue(now));
    }

    @Override
    public List<Run> lockStuck(Connection connection, int max) throws SQLException {
        return pick(connection, LOCK_STUCK, to -> to.number(max), Picked::isStuck);
    }

    @Override
    public List<Run> lockParked(Connection connection, int max) throws SQLException {
        return pick(connection, LOCK_PARKED, to -> to.number(max), Picked::isParked);
    }

    @Override
    public List<Run> lockExpired(Connection connection, int max, Instant now) throws SQLException {
        return pick(connection, LOCK_EXPIRED, to -> to.time(now).number(max), Picked.forExpired(now));
    }

    @Override
    public List<Run> lockLeftBehind(Connection connection, int max, String node, String currentOwner)
            throws SQLException {
        return pick(
                connection,
                LOCK_LEFT_BEHIND,
                to -> to.text(node).text(node).text(currentOwner).number(max),
                Picked.forLeftBehind(node, currentOwner));
    }

    private static List<Run> pick(Connection connection, String sql, Binding binding, Predicate<Run> still)
            throws SQLException {
        Joined joined = query(connection, sql, binding);
        if (joined.moved().isEmpty()) {
            return List.copyOf(joined.runs().values());
        }
        Map<RunId, Run> picked = new LinkedHashMap<>(joined.runs());
        readAgain(connection, joined.moved()).forEach((id, run) -> {
            if (still.test(run)) {
                picked.put(id, run);
            }
        });
        return List.copyOf(picked.values());
    }

    private static Map<RunId, Run> readAgain(Connection connection, List<RunId> locked) throws SQLException {
        return query(connection, READ_AGAIN, to -> to.texts(RunRows.values(locked.stream())))
                .runs();
    }

    private static Joined query(Connection connection, String sql, Binding binding) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binding.to(Parameters.of(statement));
            try (ResultSet result = statement.executeQuery()) {
                return RunRows.joined(result);
            }
        }
    }
}
