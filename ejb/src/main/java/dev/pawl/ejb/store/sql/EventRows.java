package dev.pawl.ejb.store.sql;

import dev.pawl.ejb.store.sql.EventChannels.EventKey;
import dev.pawl.ejb.store.sql.EventChannels.Received;
import dev.pawl.ejb.store.sql.EventChannels.Taking;
import dev.pawl.engine.model.Channel;
import dev.pawl.engine.model.OpenWait;
import dev.pawl.engine.model.PublishedEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * Publishes events: it is decided here which of the open waits takes which event, those waits are locked, and then both are written.
 * Their number makes no difference to the number of statements where the database takes arrays.
 */
public final class EventRows {

    private static final String TAKE_ONE = "update pawl_wait set ready_at = ?, event_key = ?"
            + " where run_id = ? and ordinal = ? and place = ? and ready_at is null";

    private final Connection connection;
    private final EventChannels channels;
    private final Instant now;

    public EventRows(Connection connection, EventChannels channels, Instant now) {
        this.connection = connection;
        this.channels = channels;
        this.now = now;
    }

    /**
     * Answers how many waits take one of them.
     *
     * @param received when they came; among those of one call the earlier is the older
     */
    public int publish(
            Collection<PublishedEvent> published, BiPredicate<OpenWait, PublishedEvent> fits, Instant received)
            throws SQLException {
        List<PublishedEvent> events = withoutDoubles(published);
        Map<OpenWait, PublishedEvent> takings =
                takings(events, channels.readOpen(connection, channels(events), now), fits);
        lockTakers(takings);
        Set<EventKey> fresh =
                channels.write(connection, received(events, takings, received), Taking.of(takings), received, now);
        return fresh.size() == events.size() ? takings.size() : publishRest(events, takings, fresh, fits);
    }

    /** A wait to which something else came meanwhile takes nothing. */
    private void lockTakers(Map<OpenWait, PublishedEvent> takings) throws SQLException {
        if (!takings.isEmpty()) {
            Set<WaitRows.Place> open = WaitRows.lockOpen(connection, takings.keySet());
            takings.keySet().removeIf(wait -> !open.contains(WaitRows.Place.of(wait)));
        }
    }

    private static List<PublishedEvent> withoutDoubles(Collection<PublishedEvent> published) {
        Map<EventKey, PublishedEvent> events = new LinkedHashMap<>();
        published.forEach(event -> events.putIfAbsent(EventKey.of(event), event));
        return List.copyOf(events.values());
    }

    private static SortedSet<Channel> channels(List<PublishedEvent> events) {
        SortedSet<Channel> all = new TreeSet<>();
        for (PublishedEvent event : events) {
            all.add(event.channel());
            all.add(event.channel().ofAny());
        }
        return all;
    }

    /** A wait takes the first event that fits; an event goes to all waits that take it. */
    private static Map<OpenWait, PublishedEvent> takings(
            List<PublishedEvent> events, Collection<OpenWait> open, BiPredicate<OpenWait, PublishedEvent> fits) {
        Map<Channel, List<OpenWait>> byChannel = open.stream().collect(Collectors.groupingBy(OpenWait::channel));
        Map<OpenWait, PublishedEvent> takings = new LinkedHashMap<>();
        for (PublishedEvent event : events) {
            for (Channel channel : channels(List.of(event))) {
                for (OpenWait wait : byChannel.getOrDefault(channel, List.of())) {
                    if (!takings.containsKey(wait) && (!wait.isFiltered() || fits.test(wait, event))) {
                        takings.put(wait, event);
                    }
                }
            }
        }
        return takings;
    }

    /** In the order of their keys, in which everybody writes them. */
    private static List<Received> received(
            List<PublishedEvent> events, Map<OpenWait, PublishedEvent> takings, Instant received) {
        Set<PublishedEvent> taken = new HashSet<>(takings.values());
        List<Received> rows = new ArrayList<>(events.size());
        for (PublishedEvent event : events) {
            Instant keptAt = taken.contains(event) ? null : received.plus(rows.size(), ChronoUnit.MICROS);
            rows.add(new Received(event, keptAt));
        }
        rows.sort(Comparator.comparing(row -> EventKey.of(row.event())));
        return rows;
    }

    /** Some had come before, and waits that would have taken those are open for the events that are left. */
    private int publishRest(
            List<PublishedEvent> events,
            Map<OpenWait, PublishedEvent> takings,
            Set<EventKey> fresh,
            BiPredicate<OpenWait, PublishedEvent> fits)
            throws SQLException {
        Set<OpenWait> open = new LinkedHashSet<>(takings.keySet());
        open.removeIf(wait -> fresh.contains(EventKey.of(takings.get(wait))));
        List<PublishedEvent> left = events.stream()
                .filter(event -> fresh.contains(EventKey.of(event)))
                .toList();
        Map<OpenWait, PublishedEvent> rest = takings(left, open, fits);
        for (Map.Entry<OpenWait, PublishedEvent> one : rest.entrySet()) {
            take(connection, new Taking(one.getKey(), one.getValue()), now);
            WaitRows.take(connection, one.getValue());
        }
        return takings.size() - open.size() + rest.size();
    }

    static void take(Connection connection, Taking taking, Instant now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE_ONE)) {
            Parameters.of(statement)
                    .time(now)
                    .text(taking.event().key())
                    .text(taking.taker().run().value())
                    .number((long) taking.taker().ordinal())
                    .number((long) taking.taker().place());
            statement.executeUpdate();
        }
    }
}
