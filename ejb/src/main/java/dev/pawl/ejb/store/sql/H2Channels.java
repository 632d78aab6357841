package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Channel;
import dev.pawl.engine.model.PublishedEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;

/** Rows that stand for channels, locked by all. */
final class H2Channels implements ChannelLocks {

    private static final int BUCKETS = 64;

    private static final String UNIQUE_VIOLATION = "23505";

    private static final String LOCK =
            "select bucket from pawl_channel where bucket = any(?) order by bucket for update";

    private static final String KEEP =
            "insert into pawl_inbox (tenant, event_key, name, correlation, data, occurred_at,"
                    + " received_at, kept_at) values (?, ?, ?, ?, ?, ?, ?, ?)";

    @Override
    public void lock(Connection connection, Collection<Channel> publications, Collection<Channel> registrations)
            throws SQLException {
        Object[] buckets = ChannelLocks.keys(publications, registrations).keySet().stream()
                .map(key -> (int) Math.floorMod(key, (long) BUCKETS))
                .distinct()
                .sorted()
                .toArray();
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            Parameters.of(statement).array("int", buckets);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    // each row is a lock that was waited for
                }
            }
        }
    }

    /** A statement that fails leaves the transaction as it was. */
    @Override
    public boolean keep(Connection connection, PublishedEvent event, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
            WaitRows.event(Parameters.of(statement), event, now);
            statement.executeUpdate();
            return true;
        } catch (SQLException e) {
            if (UNIQUE_VIOLATION.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }
}
