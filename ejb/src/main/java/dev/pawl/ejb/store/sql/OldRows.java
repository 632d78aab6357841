package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.port.RetentionStore.OldRun;
import dev.pawl.engine.port.RetentionStore.Page;
import dev.pawl.engine.port.RetentionStore.Place;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What has been in the tables for long, the same way in every database. Runs are walked through along the index of their
 * list, tenant by tenant, so that finishing a run writes nothing for its removal.
 */
public final class OldRows {

    private static final String NEXT_TENANT =
            "select r.tenant from pawl_run r where r.tenant > ? order by r.tenant limit 1";

    /** Who needs a finished run still. Of one that is not, nobody asks. */
    private static final String IS_NEEDED = "case when r.completed_at is null then true else"
            + " exists (select 1 from pawl_outbox_late o where o.run_id = r.id)"
            + " or exists (select 1 from pawl_dead_letter d where d.run_id = r.id)"
            + " or exists (select 1 from pawl_run p where p.id = r.parent_id"
            + " and p.status not in ('COMPLETED', 'FAILED', 'CANCELLED')) end";

    private static final String LOOK =
            "select r.id, r.created_at, r.status, r.completed_at, r.last_sequence, r.version, "
                    + IS_NEEDED + " from pawl_run r where r.tenant = ? and r.created_at >= ?"
                    + " and (r.created_at > ? or r.id > ?) and r.created_at < ? order by r.tenant, r.created_at, r.id limit ?";

    private static final String LOCK =
            "select r.id, r.version from pawl_run r where r.id = any(?) order by r.id for update skip locked";

    /** One look at what listeners have not heard yet, which has no index by run. */
    private static final String UNHEARD =
            "select distinct l.run_id from pawl_listener_delivery l where l.run_id = any(?)";

    /** Those whose history ends after the begin of the oldest slip. There are none of them as a rule. */
    private static final String SINCE_OLDEST_SLIP = "select c.position, c.run_id from pawl_event_chunk c"
            + " where c.run_id = any(?) and c.position >= (select min(o.positions[1]) from pawl_outbox o where o.feed = 'r')";

    private static final String LISTED =
            "select o.positions from pawl_outbox o where o.feed = 'r' and o.positions[1] <= ?";

    private static final int SLIPS_AT_ONCE = 1_000;

    private static final int MOST_TENANTS = 100;

    private OldRows() {}

    public static Page look(Connection connection, Place place, Instant createdBefore, int max) throws SQLException {
        Place from = place;
        for (int i = 0; i < MOST_TENANTS; i++) {
            List<OldRun> found = lookInTenant(connection, from, createdBefore, max);
            if (found.size() == max) {
                return new Page(found, Optional.of(found.get(max - 1).place()));
            }
            Optional<Place> next = nextTenant(connection, from.tenant()).map(Place::before);
            if (!found.isEmpty() || next.isEmpty()) {
                return new Page(found, next);
            }
            from = next.get();
        }
        return new Page(List.of(), Optional.of(from));
    }

    private static List<OldRun> lookInTenant(Connection connection, Place place, Instant createdBefore, int max)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
            Parameters.of(statement)
                    .text(place.tenant())
                    .time(place.createdAt())
                    .time(place.createdAt())
                    .text(place.run())
                    .time(createdBefore)
                    .number(max);
            return Row.list(statement, row -> oldRun(row, place.tenant()));
        }
    }

    private static OldRun oldRun(Row row, String tenant) throws SQLException {
        RunId id = new RunId(row.text());
        return new OldRun(
                id,
                new Place(tenant, row.time(), id.value()),
                RunStatus.valueOf(row.text()),
                row.timeOrNull(),
                row.number(),
                row.number(),
                row.flag());
    }

    private static Optional<String> nextTenant(Connection connection, String after) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEXT_TENANT)) {
            Parameters.of(statement).text(after);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? Optional.of(result.getString(1)) : Optional.empty();
            }
        }
    }

    public static List<RunId> lock(Connection connection, Collection<OldRun> runs) throws SQLException {
        Map<RunId, Long> versions = runs.stream().collect(Collectors.toMap(OldRun::id, OldRun::version));
        List<RunId> locked = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            Parameters.of(statement)
                    .texts(RunRows.values(versions.keySet().stream().sorted()));
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    RunId id = new RunId(result.getString(1));
                    if (versions.get(id) == result.getLong(2)) {
                        locked.add(id);
                    }
                }
            }
        }
        return locked;
    }

    /** Those of these runs whose events a listener has not heard yet. */
    public static Set<RunId> unheard(Connection connection, Collection<RunId> runs) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(UNHEARD)) {
            Parameters.of(statement).texts(RunRows.values(runs.stream()));
            return Row.set(statement, row -> new RunId(row.text()));
        }
    }

    /** Those of these runs with events that wait to be delivered. */
    public static Set<RunId> undelivered(Connection connection, Collection<RunId> runs) throws SQLException {
        NavigableMap<Long, RunId> recent = new TreeMap<>();
        try (PreparedStatement statement = connection.prepareStatement(SINCE_OLDEST_SLIP)) {
            Parameters.of(statement).texts(RunRows.values(runs.stream()));
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    recent.put(result.getLong(1), new RunId(result.getString(2)));
                }
            }
        }
        return recent.isEmpty() ? Set.of() : listed(connection, recent);
    }

    private static Set<RunId> listed(Connection connection, NavigableMap<Long, RunId> recent) throws SQLException {
        Set<RunId> listed = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(LISTED)) {
            statement.setFetchSize(SLIPS_AT_ONCE);
            Parameters.of(statement).number(recent.lastKey());
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    SlipRows.numbers(result.getArray(1)).stream()
                            .map(recent::get)
                            .filter(Objects::nonNull)
                            .forEach(listed::add);
                }
            }
        }
        return listed;
    }

    public static void remove(Connection connection, Collection<RunId> runs) throws SQLException {
        for (String condition : List.of(
                "pawl_step where run_id",
                "pawl_wait where run_id",
                "pawl_event_chunk where run_id",
                "pawl_run where id")) {
            try (PreparedStatement statement = connection.prepareStatement("delete from " + condition + " = any(?)")) {
                Parameters.of(statement).texts(RunRows.values(runs.stream()));
                statement.executeUpdate();
            }
        }
    }

    /**
     * Removes some rows that belong to runs.
     *
     * @param table whose column {@code run_id} is the first of an index
     */
    public static int removeOfRuns(
            Connection connection, Dialect dialect, String table, Collection<RunId> runs, int max) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(dialect.deleteSome(table, "run_id = any(?)"))) {
            Parameters.of(statement).texts(RunRows.values(runs.stream())).number(max);
            return statement.executeUpdate();
        }
    }

    public static int removeLogLines(
            Connection connection, Dialect dialect, Collection<RunId> runs, Instant before, int max)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(dialect.deleteSome("pawl_log", "run_id = any(?) and logged_at < ?"))) {
            Parameters.of(statement)
                    .texts(RunRows.values(runs.stream()))
                    .time(before)
                    .number(max);
            return statement.executeUpdate();
        }
    }

    /**
     * Removes some rows of a time.
     *
     * @param column that an index begins with
     */
    public static int removeBefore(
            Connection connection, Dialect dialect, String table, String column, Instant before, int max)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(dialect.deleteSome(table, column + " < ?"))) {
            Parameters.of(statement).time(before).number(max);
            return statement.executeUpdate();
        }
    }
}
