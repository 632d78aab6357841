package dev.pawl.manifest.host;

import dev.pawl.manifest.runtime.port.EntityEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What entity commands recorded, on all servers. */
public interface EventHistory {
    /** Events in the order they were recorded, after a position, at most so many. */
    List<Recorded> find(Wanted wanted, long after, int limit);

    /** The events of a whole flow, in order. */
    default List<Recorded> flow(String tenant, String correlationId) {
        return find(Wanted.ofTenant(tenant).withCorrelation(correlationId), 0, Integer.MAX_VALUE);
    }

    /**
     * A recorded event.
     *
     * @param position where the event stands among all events
     * @param sequence where it stands in the history of its instance, from 1 without gaps
     */
    record Recorded(long position, long sequence, EntityEvent event) {}

    /** Which events; null stands for any. */
    record Wanted(
            String tenant,
            @Nullable String correlationId,
            @Nullable String name,
            @Nullable String entity,
            @Nullable String instanceId) {
        public static Wanted ofTenant(String tenant) {
            return new Wanted(tenant, null, null, null, null);
        }

        public Wanted withCorrelation(@Nullable String changed) {
            return new Wanted(tenant, changed, name, entity, instanceId);
        }
    }
}
