package dev.pawl.api.local;

import dev.pawl.api.EventType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event to be published.
 *
 * @param type as it travels, {@code approval.decided} for instance
 * @param data a record, a map or anything Jackson writes; null is JSON null
 * @param correlation absent: only waits that take any correlation take it
 * @param identity tells doubles: of events with the same one in a tenant the first is published; absent: it has none
 * @param occurredAt absent: now
 */
public record EmittedEvent(
        String type,
        @Nullable Object data,
        @Nullable String correlation,
        @Nullable Identity identity,
        @Nullable Instant occurredAt) {

    /** Where an event comes from and what it is called there: the same as {@code source} and {@code id} of a CloudEvent. */
    public record Identity(String source, String id) {}

    public static EmittedEvent of(String type, @Nullable Object data) {
        return new EmittedEvent(type, data, null, null, null);
    }

    public static <T> EmittedEvent of(EventType<T> type, T data) {
        return of(type.name(), data);
    }

    public EmittedEvent correlatedBy(String id) {
        return new EmittedEvent(type, data, id, identity, occurredAt);
    }

    public EmittedEvent identifiedBy(String source, String id) {
        return new EmittedEvent(type, data, correlation, new Identity(source, id), occurredAt);
    }

    public EmittedEvent occurredAt(Instant time) {
        return new EmittedEvent(type, data, correlation, identity, time);
    }
}
