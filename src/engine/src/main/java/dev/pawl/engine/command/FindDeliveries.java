package dev.pawl.engine.command;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Asks who of these listeners may have something to hear.
 *
 * @param owner whose calls go on
 * @param extend when present, the owner holds what it holds for this much longer
 */
public record FindDeliveries(Collection<String> listeners, String owner, Optional<Duration> extend)
        implements Command<FindDeliveries.Found> {

    public record Found(Set<String> listeners) {
        public Found {
            listeners = Set.copyOf(listeners);
        }
    }

    public FindDeliveries {
        listeners = List.copyOf(listeners);
    }

    @Override
    public String type() {
        return "listener.find";
    }

    @Override
    public Class<Found> resultType() {
        return Found.class;
    }
}
