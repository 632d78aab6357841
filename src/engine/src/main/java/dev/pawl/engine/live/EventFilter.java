package dev.pawl.engine.live;

import dev.pawl.engine.port.EventOutbox;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a tenant somebody wants; what is absent does not restrict.
 *
 * @param workflowId of the run, or the entity an event is about
 * @param types names of events, or beginnings of names followed by {@code *}
 */
public record EventFilter(
        String tenant,
        @Nullable String workflowId,
        Set<String> types,
        @Nullable String correlationId) {

    public EventFilter {
        types = Set.copyOf(types);
    }

    boolean wants(EventOutbox.Entry entry) {
        return entry.tenant().equals(tenant)
                && (workflowId == null || entry.workflowId().equals(workflowId))
                && (correlationId == null || entry.correlationId().equals(correlationId));
    }

    boolean wants(String type) {
        return types.isEmpty() || types.stream().anyMatch(wanted -> fits(type, wanted));
    }

    private static boolean fits(String type, String wanted) {
        return wanted.endsWith("*") ? type.startsWith(wanted.substring(0, wanted.length() - 1)) : type.equals(wanted);
    }
}
