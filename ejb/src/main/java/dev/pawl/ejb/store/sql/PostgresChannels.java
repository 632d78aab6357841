package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Channel;
import dev.pawl.engine.model.OpenWait;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/** Advisory locks, shared among publications; both kinds end with the transaction. */
final class PostgresChannels implements EventChannels {

    private static final String LOCK = "select case when u.exclusive then pg_advisory_xact_lock(u.channel)::text"
            + " else pg_advisory_xact_lock_shared(u.channel)::text end"
            + " from unnest(?::int8[], ?::bool[]) as u(channel, exclusive)";

    /**
     * One look into the index for each channel, whatever the planner believes about the number of waits. It does not see how long the
     * first array is, so that one plan serves all lengths and is kept.
     */
    private static final String OPEN =
            "select l.* from unnest((select ?::text[]), ?::text[], ?::text[]) as u(tenant, event, correlation)"
                    + " cross join lateral (select w.run_id, w.ordinal, w.place, w.tenant, w.event, w.correlation, w.filter,"
                    + " w.until_at from pawl_wait w where w.tenant = u.tenant and w.event = u.event"
                    + " and w.correlation = u.correlation and w.event is not null and w.ready_at is null"
                    + " and (w.until_at is null or w.until_at > ?) order by w.run_id, w.ordinal, w.place) l";

    private static final ArrayRows EVENT = ArrayRows.of("tenant text, event_key text, name text, correlation text,"
            + " data text, occurred_at timestamptz, kept_at timestamptz");

    private static final ArrayRows TAKING =
            ArrayRows.of("run_id text, ordinal int4, place int4, tenant text, event_key text");

    private static final String INSERT = "insert into pawl_inbox (" + EVENT.list() + ", received_at)"
            + " select u.*, ?::timestamptz from (" + EVENT.select() + ") u"
            + " on conflict do nothing returning tenant, event_key";

    private static final String INSERT_AND_TAKE = "with fresh as (" + INSERT + "), taken as ("
            + "update pawl_wait w set ready_at = ?, event_key = u.event_key from (" + TAKING.select() + ") u"
            + " join fresh f on f.tenant = u.tenant and f.event_key = u.event_key"
            + " where w.run_id = u.run_id and w.ordinal = u.ordinal and w.place = u.place)"
            + " select tenant, event_key from fresh";

    @Override
    public void lock(Connection connection, Collection<Channel> publications, Collection<Channel> registrations)
            throws SQLException {
        SortedMap<Long, Boolean> keys = EventChannels.keys(publications, registrations);
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
    public List<OpenWait> readOpen(Connection connection, SortedSet<Channel> channels, Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
            Parameters to = Parameters.of(statement);
            new Columns<>(to, List.copyOf(channels))
                    .text(Channel::tenant)
                    .text(Channel::event)
                    .text(Channel::correlation);
            to.time(now);
            return EventChannels.openWaits(statement);
        }
    }

    @Override
    public Set<EventKey> write(
            Connection connection, List<Received> events, List<Taking> takings, Instant received, Instant now)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(takings.isEmpty() ? INSERT : INSERT_AND_TAKE)) {
            Parameters to = Parameters.of(statement).time(received);
            received(to, events);
            if (!takings.isEmpty()) {
                taken(to.time(now), takings);
            }
            return Row.set(statement, row -> new EventKey(row.text(), row.text()));
        }
    }

    private static void received(Parameters to, List<Received> events) throws SQLException {
        new Columns<>(to, events)
                .text(row -> row.event().tenant())
                .text(row -> row.event().key())
                .text(row -> row.event().name())
                .text(row -> row.event().correlation())
                .text(row -> row.event().data().encoded())
                .time(row -> row.event().occurredAt())
                .time(Received::keptAt);
    }

    private static void taken(Parameters to, List<Taking> takings) throws SQLException {
        new Columns<>(to, takings)
                .text(taking -> taking.taker().run().value())
                .integer(taking -> taking.taker().ordinal())
                .integer(taking -> taking.taker().place())
                .text(taking -> taking.event().tenant())
                .text(taking -> taking.event().key());
    }
}
