package dev.pawl.api.local;

import dev.pawl.api.EventType;
import java.util.List;

/**
 * Events for those who wait for them, published by beans of the application. A call joins the caller's transaction: who
 * waits hears of the event once that has committed, and never when it rolls back. An event nobody waits for yet is kept for
 * the first who does.
 *
 * <p>Every method throws {@link CommandRefusedException} when the engine refuses, with the codes of the REST API.
 */
public interface Events {

    /** Publishes an event for waits that take any correlation. */
    default <T> void emit(EventType<T> type, T data) {
        emit(EmittedEvent.of(type, data));
    }

    /** Publishes an event for waits that take this correlation, or any. */
    default <T> void emit(EventType<T> type, String correlation, T data) {
        emit(EmittedEvent.of(type, data).correlatedBy(correlation));
    }

    default void emit(EmittedEvent event) {
        emitAll(List.of(event));
    }

    /** Publishes all of them, or none. */
    void emitAll(List<EmittedEvent> events);

    /** The same, with an idempotency key for the next command. */
    Events withIdempotencyKey(String key);
}
