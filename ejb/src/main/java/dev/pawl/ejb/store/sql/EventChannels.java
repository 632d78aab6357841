package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Channel;
import dev.pawl.engine.model.OpenWait;
import dev.pawl.engine.model.PublishedEvent;
import dev.pawl.engine.model.RunId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What databases do in different ways where events and waits meet. */
public interface EventChannels {

    /** Locks channels in one order for all transactions, registrations exclusively. */
    void lock(Connection connection, Collection<Channel> publications, Collection<Channel> registrations)
            throws SQLException;

    /** Waits of these channels whose time is not up; not locked, because filters may refuse what comes. */
    List<OpenWait> readOpen(Connection connection, SortedSet<Channel> channels, Instant now) throws SQLException;

    /**
     * Writes events, and into the waits that take them what has come.
     *
     * @param takings of which those are written whose event is
     * @return the keys of the events that are written, because there was none with that key
     */
    Set<EventKey> write(
            Connection connection, List<Received> events, List<Taking> takings, Instant received, Instant now)
            throws SQLException;

    /** What tells an event from others. */
    record EventKey(String tenant, String key) implements Comparable<EventKey> {

        static EventKey of(PublishedEvent event) {
            return new EventKey(event.tenant(), event.key());
        }

        @Override
        public int compareTo(EventKey other) {
            int byTenant = tenant.compareTo(other.tenant);
            return byTenant != 0 ? byTenant : key.compareTo(other.key);
        }
    }

    /** @param keptAt absent when a wait takes it */
    record Received(PublishedEvent event, @Nullable Instant keptAt) {}

    /** A wait takes an event. */
    record Taking(OpenWait taker, PublishedEvent event) {

        static List<Taking> of(Map<OpenWait, PublishedEvent> takings) {
            return takings.entrySet().stream()
                    .map(one -> new Taking(one.getKey(), one.getValue()))
                    .toList();
        }
    }

    /** Reads rows with the columns in which waits are asked for. */
    static List<OpenWait> openWaits(PreparedStatement statement) throws SQLException {
        return Row.list(
                statement,
                row -> new OpenWait(
                        new RunId(row.text()),
                        row.integer(),
                        row.integer(),
                        new Channel(row.text(), row.text(), row.text()),
                        row.text(),
                        row.timeOrNull()));
    }

    /** Hashes of all channels to be locked, each with whether it is locked exclusively. */
    static SortedMap<Long, Boolean> keys(Collection<Channel> publications, Collection<Channel> registrations) {
        SortedMap<Long, Boolean> keys = new TreeMap<>();
        for (Channel channel : publications) {
            keys.merge(hash(channel), false, Boolean::logicalOr);
            keys.merge(hash(channel.ofAny()), false, Boolean::logicalOr);
        }
        registrations.forEach(channel -> keys.put(hash(channel), true));
        return keys;
    }

    private static long hash(Channel channel) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(channel.toString().getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
