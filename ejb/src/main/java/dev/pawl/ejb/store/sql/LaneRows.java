package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.limit.Bucket;
import dev.pawl.engine.model.limit.Lane;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows of lanes, and those that stand for locks, the same way in every database. */
public final class LaneRows {

    private static final int BUCKETS = 64;

    private static final String LOCK = "select bucket from pawl_limit_lock where bucket = ? for update";

    private static final String SELECT =
            "select scope, name, due_at, turn, tokens, filled_at from pawl_lane where scope = ?";

    private static final String FIND = SELECT + " and name = ?";

    private static final String DUE = SELECT + " and due_at <= ? order by turn, name limit ?";

    private static final String UPDATE =
            "update pawl_lane set due_at = ?, turn = ?, tokens = ?, filled_at = ? where scope = ? and name = ?";

    private static final String INSERT =
            "insert into pawl_lane (due_at, turn, tokens, filled_at, scope, name) values (?, ?, ?, ?, ?, ?)";

    private static final String FORGET =
            "delete from pawl_lane where (scope, name) in (select l.scope, l.name from pawl_lane l"
                    + " where l.due_at is null and l.turn < ?"
                    + " and not exists (select 1 from pawl_ticket t where t.scope = l.scope and t.lane = l.name) limit ?)";

    private LaneRows() {}

    /** Waits for whoever has locked this name, or one of the same hash. Answers its bucket. */
    public static int lock(Connection connection, String name) throws SQLException {
        int bucket = Math.floorMod(name.hashCode(), BUCKETS);
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            Parameters.of(statement).number((long) bucket);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        }
    }

    public static Optional<Lane> find(Connection connection, String scope, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            Parameters.of(statement).text(scope).text(name);
            return lanes(statement).stream().findFirst();
        }
    }

    public static List<Lane> due(Connection connection, String scope, Instant now, int max) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(DUE)) {
            Parameters.of(statement).text(scope).time(now).number((long) max);
            return lanes(statement);
        }
    }

    /** Answers 1. */
    public static int save(Connection connection, Lane lane) throws SQLException {
        int updated = write(connection, UPDATE, lane);
        return updated == 1 ? updated : write(connection, INSERT, lane);
    }

    private static int write(Connection connection, String sql, Lane lane) throws SQLException {
        Bucket bucket = lane.bucket();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Parameters to = Parameters.of(statement).time(lane.dueAt()).time(lane.turn());
            to.decimalOrNull(bucket == null ? null : bucket.tokens()).time(bucket == null ? null : bucket.at());
            to.text(lane.scope()).text(lane.name());
            return statement.executeUpdate();
        }
    }

    public static int forget(Connection connection, Instant servedBefore, int max) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            Parameters.of(statement).time(servedBefore).number((long) max);
            return statement.executeUpdate();
        }
    }

    private static List<Lane> lanes(PreparedStatement statement) throws SQLException {
        return Row.list(statement, row -> new Lane(row.text(), row.text(), row.timeOrNull(), row.time(), bucket(row)));
    }

    private static @Nullable Bucket bucket(Row row) throws SQLException {
        double tokens = row.decimal();
        Instant at = row.timeOrNull();
        return at == null ? null : new Bucket(tokens, at);
    }
}
