package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Channel;
import dev.pawl.engine.model.OpenWait;
import dev.pawl.engine.model.PublishedEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;

/** Rows that stand for channels, locked by all. */
final class H2Channels implements EventChannels {

    private static final int BUCKETS = 64;

    private static final String UNIQUE_VIOLATION = "23505";

    private static final String LOCK =
            "select bucket from pawl_channel where bucket = any(?) order by bucket for update";

    private static final String OPEN = "select run_id, ordinal, place, tenant, event, correlation, filter, until_at"
            + " from pawl_wait where tenant = ? and event = ? and correlation = ? and ready_at is null"
            + " and (until_at is null or until_at > ?) order by run_id, ordinal, place";

    private static final String WRITE =
            "insert into pawl_inbox (tenant, event_key, name, correlation, data, occurred_at,"
                    + " received_at, kept_at) values (?, ?, ?, ?, ?, ?, ?, ?)";

    @Override
    public void lock(Connection connection, Collection<Channel> publications, Collection<Channel> registrations)
            throws SQLException {
        Object[] buckets = EventChannels.keys(publications, registrations).keySet().stream()
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

    @Override
    public List<OpenWait> readOpen(Connection connection, SortedSet<Channel> channels, Instant now)
            throws SQLException {
        List<OpenWait> waits = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
            for (Channel channel : channels) {
                Parameters.of(statement)
                        .text(channel.tenant())
                        .text(channel.event())
                        .text(channel.correlation())
                        .time(now);
                waits.addAll(EventChannels.openWaits(statement));
            }
        }
        return waits;
    }

    @Override
    public Set<EventKey> write(
            Connection connection, List<Received> events, List<Taking> takings, Instant received, Instant now)
            throws SQLException {
        Set<EventKey> written = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
            for (Received one : events) {
                if (write(statement, one, received)) {
                    written.add(EventKey.of(one.event()));
                }
            }
        }
        for (Taking taking : takings) {
            if (written.contains(EventKey.of(taking.event()))) {
                EventRows.take(connection, taking, now);
            }
        }
        return written;
    }

    /** A statement that fails leaves the transaction as it was. */
    private static boolean write(PreparedStatement statement, Received one, Instant received) throws SQLException {
        PublishedEvent event = one.event();
        Parameters.of(statement)
                .text(event.tenant())
                .text(event.key())
                .text(event.name())
                .text(event.correlation())
                .text(event.data().encoded())
                .time(event.occurredAt())
                .time(received)
                .time(one.keptAt());
        try {
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
