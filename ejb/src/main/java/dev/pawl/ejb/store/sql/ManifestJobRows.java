package dev.pawl.ejb.store.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** What runs of the built-in workflows are to do, and when schedules fired; the same in every database. */
public final class ManifestJobRows {

    private static final String ADD = "insert into pawl_manifest_job (run_id, call) values (?, ?)";

    private static final String FIND = "select call from pawl_manifest_job where run_id = ?";

    private static final String LAST_FIRE = "select fired_at from pawl_manifest_fire where schedule = ?";

    private static final String FIRST_FIRE = "insert into pawl_manifest_fire (schedule, fired_at)"
            + " select ?, cast(? as timestamp with time zone)"
            + " where not exists (select 1 from pawl_manifest_fire known where known.schedule = ?)";

    private static final String NEXT_FIRE =
            "update pawl_manifest_fire set fired_at = ? where schedule = ? and fired_at = ?";

    private ManifestJobRows() {}

    public static void add(Connection connection, String runId, String call) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADD)) {
            Parameters.of(statement).text(runId).text(call);
            statement.executeUpdate();
        }
    }

    public static Optional<String> find(Connection connection, String runId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            Parameters.of(statement).text(runId);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? Optional.of(result.getString(1)) : Optional.empty();
            }
        }
    }

    /** When the schedule fired last, or was first seen. */
    public static Optional<Instant> lastFire(Connection connection, String schedule) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LAST_FIRE)) {
            Parameters.of(statement).text(schedule);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? Optional.of(new Row(result).time()) : Optional.empty();
            }
        }
    }

    /** Notes a schedule that has never been seen. */
    public static void firstSeen(Connection connection, String schedule, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIRST_FIRE)) {
            Parameters.of(statement).text(schedule).time(now).text(schedule);
            statement.executeUpdate();
        }
    }

    /** Forgets when schedules fired last that are not among these. */
    public static int forgetFires(
            Connection connection, Dialect dialect, Collection<String> known, Instant before, int most)
            throws SQLException {
        String sql = dialect.deleteSome("pawl_manifest_fire", "fired_at < ? and not (schedule = any(?))");
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Parameters.of(statement)
                    .time(before)
                    .texts(known.toArray(String[]::new))
                    .number(most);
            return statement.executeUpdate();
        }
    }

    /** Takes the fire at a time; false when another server has it. */
    public static boolean takeFire(Connection connection, String schedule, Instant last, Instant due)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NEXT_FIRE)) {
            Parameters.of(statement).time(due).text(schedule).time(last);
            return statement.executeUpdate() == 1;
        }
    }
}
