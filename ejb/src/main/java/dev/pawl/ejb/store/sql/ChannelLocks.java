package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Channel;
import dev.pawl.engine.model.PublishedEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/** What databases do in different ways where events and waits meet. */
public interface ChannelLocks {

    /** Locks channels in one order for all transactions, registrations exclusively. */
    void lock(Connection connection, Collection<Channel> publications, Collection<Channel> registrations)
            throws SQLException;

    /** Answers false when there was an event with that key. */
    boolean keep(Connection connection, PublishedEvent event, Instant now) throws SQLException;

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
