package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.CheckpointKind;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StepStatus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;

/** Reads journals, and closes them, the same way in every database. */
public final class JournalReading {

    private static final String OPEN = "('PENDING', 'RUNNING', 'SUSPENDED')";

    private static final String COLUMNS = "c.ordinal, c.branch, c.name, c.occurrence, c.kind, c.status, c.attempt,"
            + " c.started_at, c.completed_at, c.wake_at, c.output, c.error_code, c.error_message, c.error_stage, c.detail,"
            + " c.cost, c.tokens";

    private static final String READ = "select " + COLUMNS + " from pawl_checkpoint c where c.run_id = ?";

    private static final String OF_RUNS = "select c.run_id, " + COLUMNS + " from pawl_checkpoint c"
            + " where c.run_id = any(?) and c.ordinal = any(?) order by c.run_id, c.ordinal";

    /** Of a long journal no more is read than of a short one. */
    private static final String SHORT = "select c.run_id, " + COLUMNS + " from pawl_checkpoint c"
            + " where c.run_id = any(?) and c.ordinal < ? and not exists (select 1 from pawl_checkpoint l"
            + " where l.run_id = c.run_id and l.ordinal >= ?) order by c.run_id, c.ordinal";

    private static final String IN_ORDER = " order by c.ordinal";

    private static final String WISHES =
            "select run_id from pawl_checkpoint where run_id = any(?) and ordinal = " + Checkpoint.CANCEL_ORDINAL;

    private static final String DROP = "delete from pawl_checkpoint where run_id = ?";

    private static final String CLOSE = "update pawl_checkpoint set status = 'CANCELLED', completed_at = ?,"
            + " wake_at = null where run_id = any(?) and status in " + OPEN;

    private JournalReading() {}

    public static List<Checkpoint> read(Connection connection, RunId run) throws SQLException {
        return read(connection, READ + IN_ORDER, run);
    }

    public static List<Checkpoint> open(Connection connection, RunId run) throws SQLException {
        return read(connection, READ + " and c.status in " + OPEN + IN_ORDER, run);
    }

    /** Entries after an ordinal, at most so many. */
    public static List<Checkpoint> page(Connection connection, RunId run, int after, int max) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(READ + " and c.ordinal > ?" + IN_ORDER + " limit ?")) {
            Parameters.of(statement).text(run.value()).number((long) after).number((long) max);
            return entries(statement);
        }
    }

    public static List<Checkpoint> read(Connection connection, RunId run, Collection<Integer> ordinals)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READ + " and c.ordinal = any(?)" + IN_ORDER)) {
            Parameters.of(statement).text(run.value()).array("int", ordinals.toArray());
            return entries(statement);
        }
    }

    /** Entries of several runs: of each those with its ordinals. */
    public static Map<RunId, List<Checkpoint>> read(
            Connection connection, Map<RunId, ? extends Collection<Integer>> ordinals) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OF_RUNS)) {
            Parameters.of(statement)
                    .texts(RunRows.values(ordinals.keySet().stream()))
                    .array(
                            "int",
                            ordinals.values().stream()
                                    .flatMap(Collection::stream)
                                    .distinct()
                                    .toArray());
            return byRun(statement, (run, entry) -> ordinals.get(run).contains(entry.ordinal()));
        }
    }

    /** The journals of those runs whose entries all have an ordinal below this. */
    public static Map<RunId, List<Checkpoint>> readShort(Connection connection, Collection<RunId> runs, int end)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SHORT)) {
            Parameters.of(statement)
                    .texts(RunRows.values(runs.stream()))
                    .number((long) end)
                    .number((long) end);
            return byRun(statement, (run, entry) -> true);
        }
    }

    private static Map<RunId, List<Checkpoint>> byRun(
            PreparedStatement statement, BiPredicate<RunId, Checkpoint> isWanted) throws SQLException {
        Map<RunId, List<Checkpoint>> found = new TreeMap<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                RunId run = new RunId(result.getString(1));
                Checkpoint entry = entry(new Row(result, 2));
                if (isWanted.test(run, entry)) {
                    found.computeIfAbsent(run, id -> new ArrayList<>()).add(entry);
                }
            }
        }
        return found;
    }

    private static List<Checkpoint> read(Connection connection, String sql, RunId run) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Parameters.of(statement).text(run.value());
            return entries(statement);
        }
    }

    private static List<Checkpoint> entries(PreparedStatement statement) throws SQLException {
        return Row.list(statement, JournalReading::entry);
    }

    private static Checkpoint entry(Row row) throws SQLException {
        return new Checkpoint(
                row.integer(),
                row.text(),
                row.text(),
                row.integer(),
                CheckpointKind.valueOf(row.text()),
                StepStatus.valueOf(row.text()),
                row.integer(),
                row.time(),
                row.timeOrNull(),
                row.timeOrNull(),
                row.payloadOrNull(),
                row.failureOrNull(),
                row.textOrNull(),
                row.decimal(),
                row.number());
    }

    public static Set<RunId> cancelWishes(Connection connection, Collection<RunId> among) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(WISHES)) {
            Parameters.of(statement).texts(RunRows.values(among.stream()));
            return Row.set(statement, row -> new RunId(row.text()));
        }
    }

    /** Answers how many entries there were. */
    public static int drop(Connection connection, RunId run) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DROP)) {
            Parameters.of(statement).text(run.value());
            return statement.executeUpdate();
        }
    }

    /** Answers how many entries were open. */
    public static int close(Connection connection, Collection<RunId> runs, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CLOSE)) {
            Parameters.of(statement)
                    .time(now)
                    .texts(RunRows.values(runs.stream().sorted()));
            return statement.executeUpdate();
        }
    }
}
