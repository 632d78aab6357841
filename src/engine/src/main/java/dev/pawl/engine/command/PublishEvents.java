package dev.pawl.engine.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.model.Awaited;
import dev.pawl.engine.model.Channel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Publishes events: waits that are open for them take them, or they are kept for waits to come. */
public record PublishEvents(List<Event> events) implements Command<PublishEvents.Accepted> {

    /**
     * An event.
     *
     * @param key tells doubles of it; absent: it has none
     * @param correlation absent: only waits that take any correlation take it
     * @param data absent is JSON null
     * @param occurredAt absent: now
     */
    public record Event(
            @Nullable String key,
            String name,
            @Nullable String correlation,
            @Nullable JsonNode data,
            @Nullable Instant occurredAt) {

        Channel channel(String tenant) {
            return new Channel(tenant, name, Optional.ofNullable(correlation).orElse(Awaited.ANY));
        }
    }

    /** @param accepted how many there were; one that came before is accepted, and does nothing */
    public record Accepted(int accepted) {}

    public PublishEvents {
        events = List.copyOf(events);
    }

    public static PublishEvents one(Event event) {
        return new PublishEvents(List.of(event));
    }

    @Override
    public String type() {
        return "event.publish";
    }

    @Override
    public Class<Accepted> resultType() {
        return Accepted.class;
    }

    /** Each event takes locks of its own for as long as the transaction lasts: several events have one to themselves. */
    @Override
    public boolean mayShare() {
        return events.size() == 1;
    }

    @Override
    public Set<Channel> publications(String tenant) {
        return events.stream().map(event -> event.channel(tenant)).collect(Collectors.toSet());
    }
}
