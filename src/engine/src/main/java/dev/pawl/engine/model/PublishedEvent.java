package dev.pawl.engine.model;

import java.time.Instant;

/**
 * An event on its way to those who wait for it.
 *
 * @param key tells doubles of it, in its tenant
 * @param name what waits ask for
 * @param correlation {@link Awaited#ANY} when it has none
 * @param data JSON
 */
public record PublishedEvent(
        String tenant, String key, String name, String correlation, Payload data, Instant occurredAt) {

    public Channel channel() {
        return new Channel(tenant, name, correlation);
    }
}
