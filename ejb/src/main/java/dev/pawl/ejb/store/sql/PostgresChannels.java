package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Channel;
import dev.pawl.engine.model.PublishedEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.SortedMap;

/** Advisory locks, shared among publications; both kinds end with the transaction. */
final class PostgresChannels implements ChannelLocks {

    private static final String LOCK = "select case when u.exclusive then pg_advisory_xact_lock(u.channel)::text"
            + " else pg_advisory_xact_lock_shared(u.channel)::text end"
            + " from unnest(?::int8[], ?::bool[]) as u(channel, exclusive)";

    private static final String KEEP =
            "insert into pawl_inbox (tenant, event_key, name, correlation, data, occurred_at,"
                    + " received_at, kept_at) values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";

    @Override
    public void lock(Connection connection, Collection<Channel> publications, Collection<Channel> registrations)
            throws SQLException {
        SortedMap<Long, Boolean> keys = ChannelLocks.keys(publications, registrations);
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            Parameters.of(statement)
                    .array("int8", keys.keySet().toArray())
                    .array("bool", keys.values().toArray());
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    // each row is a lock that was waited for
                }
            }
        }
    }

    @Override
    public boolean keep(Connection connection, PublishedEvent event, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(KEEP)) {
            WaitRows.event(Parameters.of(statement), event, now);
            return statement.executeUpdate() == 1;
        }
    }
}
