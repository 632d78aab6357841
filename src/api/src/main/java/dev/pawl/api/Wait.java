package dev.pawl.api;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a workflow waits for: an event of a type, with a correlation id or without, with properties its data must have, and
 * for how long.
 *
 * <p>An event goes to every wait that is open for it when it is published. When none is, it is kept, and goes to the first
 * wait that comes for it.
 *
 * @param correlation empty: whatever the event's correlation is
 * @param properties values that members of the event's data must be equal to; a name may lead into objects, {@code
 *     order.country} for instance
 * @param atMost empty: for as long as it takes
 */
public record Wait<T>(
        EventType<T> type, Optional<String> correlation, Map<String, Object> properties, Optional<Duration> atMost) {

    /** Signals travel as events under this prefix, correlated by the id of the run they are for. */
    public static final String SIGNAL = "signal/";

    public Wait {
        properties = Map.copyOf(properties);
        if (atMost.isPresent() && atMost.get().isNegative()) {
            throw new IllegalArgumentException("A wait is not negative, was " + atMost.get());
        }
        if (correlation.isPresent() && correlation.get().isEmpty()) {
            throw new IllegalArgumentException("A correlation id is not empty; leave it out to take any event");
        }
    }

    /** Any event of this type. */
    public static <T> Wait<T> forEvent(EventType<T> type) {
        return new Wait<>(type, Optional.empty(), Map.of(), Optional.empty());
    }

    /** A signal sent to this run, by {@code POST /api/runs/{runId}/signals/{name}} for instance. */
    public static <T> Wait<T> forSignal(String name, Class<T> payload) {
        return forEvent(EventType.of(SIGNAL + name, payload));
    }

    public Wait<T> correlatedBy(String id) {
        return new Wait<>(type, Optional.of(id), properties, atMost);
    }

    /** Takes only events whose data has this value there. */
    public Wait<T> where(String property, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(properties);
        more.put(property, value);
        return new Wait<>(type, correlation, more, atMost);
    }

    public Wait<T> atMost(Duration duration) {
        return new Wait<>(type, correlation, properties, Optional.of(duration));
    }

    public boolean isForSignal() {
        return type.name().startsWith(SIGNAL);
    }
}
