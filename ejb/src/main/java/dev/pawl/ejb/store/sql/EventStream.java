package dev.pawl.ejb.store.sql;

import dev.pawl.manifest.runtime.port.EntityEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Names the history an event belongs to: that of its instance, or, for a command that runs on none, one of its own. The
 * name of an instance's history is a digest of its key, because the outbox takes names of limited length.
 */
final class EventStream {

    private EventStream() {}

    /** An event with its stream and its place among those that are appended to the stream together, from 1. */
    record Placed(String stream, long place, EntityEvent event) {}

    /** Events of one command in their order. */
    static List<Placed> place(List<EntityEvent> events) {
        Map<String, Long> places = new HashMap<>();
        List<Placed> placed = new ArrayList<>(events.size());
        String ownName = "c:" + events.get(0).id();
        for (EntityEvent event : events) {
            String stream = event.subject().instanceId() == null ? ownName : instance(event);
            placed.add(new Placed(stream, places.merge(stream, 1L, Long::sum), event));
        }
        return placed;
    }

    private static String instance(EntityEvent event) {
        String key = event.tenant()
                + '\n'
                + event.subject().entity()
                + '\n'
                + event.subject().instanceId();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return "i:" + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
