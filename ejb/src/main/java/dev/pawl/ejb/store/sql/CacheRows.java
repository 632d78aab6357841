package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.limit.CacheKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Rows of cached results, the same way in every database. */
public final class CacheRows {

    private static final String OF_KEY = " where tenant = ? and name = ? and hash = ?";

    private static final String FIND = "select result from pawl_cache" + OF_KEY + " and until_at > ?";

    private static final String UPDATE = "update pawl_cache set result = ?, until_at = ?" + OF_KEY;

    private static final String INSERT =
            "insert into pawl_cache (result, until_at, tenant, name, hash) values (?, ?, ?, ?, ?)";

    private static final String FORGET = "delete from pawl_cache where (tenant, name, hash) in"
            + " (select tenant, name, hash from pawl_cache where until_at <= ? limit ?)";

    private CacheRows() {}

    public static Optional<String> find(Connection connection, CacheKey key, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            of(key, Parameters.of(statement)).time(now);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? Optional.of(result.getString(1)) : Optional.empty();
            }
        }
    }

    /** Answers 1. */
    public static int keep(Connection connection, CacheKey key, String json, Instant until) throws SQLException {
        int updated = write(connection, UPDATE, key, json, until);
        return updated == 1 ? updated : write(connection, INSERT, key, json, until);
    }

    private static int write(Connection connection, String sql, CacheKey key, String json, Instant until)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            of(key, Parameters.of(statement).text(json).time(until));
            return statement.executeUpdate();
        }
    }

    public static int forget(Connection connection, Instant now, int max) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            Parameters.of(statement).time(now).number((long) max);
            return statement.executeUpdate();
        }
    }

    private static Parameters of(CacheKey key, Parameters to) throws SQLException {
        return to.text(key.tenant()).text(key.name()).text(key.hash());
    }
}
