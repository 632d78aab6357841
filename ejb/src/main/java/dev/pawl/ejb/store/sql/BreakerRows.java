package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.limit.Breaker;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Rows of circuit breakers, the same way in every database. There are few. */
public final class BreakerRows {

    private static final String NOT_CLOSED = "select name, state, detail from pawl_breaker where state <> 'CLOSED'";

    private static final String FIND = "select name, state, detail from pawl_breaker where name = ?";

    private static final String UPDATE = "update pawl_breaker set state = ?, detail = ?, changed_at = ? where name = ?";

    private static final String INSERT =
            "insert into pawl_breaker (state, detail, changed_at, name) values (?, ?, ?, ?)";

    private static final String FORGET = "delete from pawl_breaker where name in (select name from pawl_breaker"
            + " where state = 'CLOSED' and changed_at < ? limit ?)";

    private BreakerRows() {}

    public static Map<String, Breaker> notClosed(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(NOT_CLOSED)) {
            return breakers(statement);
        }
    }

    public static Breaker lock(Connection connection, String name) throws SQLException {
        LaneRows.lock(connection, name);
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            Parameters.of(statement).text(name);
            return breakers(statement).getOrDefault(name, Breaker.CLOSED);
        }
    }

    /** Answers 1. */
    public static int save(Connection connection, String name, Breaker breaker, Instant now) throws SQLException {
        int updated = write(connection, UPDATE, name, breaker, now);
        return updated == 1 ? updated : write(connection, INSERT, name, breaker, now);
    }

    private static int write(Connection connection, String sql, String name, Breaker breaker, Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Parameters.of(statement)
                    .text(breaker.state().name())
                    .text(breaker.encoded())
                    .time(now)
                    .text(name);
            return statement.executeUpdate();
        }
    }

    public static int forget(Connection connection, Instant changedBefore, int max) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            Parameters.of(statement).time(changedBefore).number((long) max);
            return statement.executeUpdate();
        }
    }

    private static Map<String, Breaker> breakers(PreparedStatement statement) throws SQLException {
        Map<String, Breaker> breakers = new TreeMap<>();
        try (ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                Row row = new Row(result);
                breakers.put(row.text(), Breaker.decode(Breaker.State.valueOf(row.text()), row.text()));
            }
        }
        return breakers;
    }
}
