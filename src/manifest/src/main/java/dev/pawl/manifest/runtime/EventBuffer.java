package dev.pawl.manifest.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.manifest.runtime.port.EntityEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The events of one command, kept back until its writes have succeeded. */
final class EventBuffer {
    private final CallScope scope;
    private final Trail trail;
    private final List<Pending> pending = new ArrayList<>();

    EventBuffer(CallScope scope, Trail trail) {
        this.scope = scope;
        this.trail = trail;
    }

    /** The flow a command belongs to and what caused it. */
    record Trail(String correlationId, String causationId) {}

    private record Pending(String name, String channel, JsonNode payload) {}

    void add(String name, String channel, JsonNode payload) {
        pending.add(new Pending(name, channel, payload));
    }

    /** Appends the events to the log, now that the instance's id is final. */
    List<EntityEvent> flush(CommandModel command, @Nullable String instanceId) {
        List<EntityEvent> events = new ArrayList<>(pending.size());
        EntityModel entity = command.entity();
        EntityEvent.Subject subject =
                new EntityEvent.Subject(command.name(), entity == null ? null : entity.name(), instanceId);
        String tenant = scope.tenant(command.program());
        for (Pending event : pending) {
            events.add(new EntityEvent(
                    scope.ports().traceIds().next(),
                    tenant,
                    event.name,
                    event.channel,
                    event.payload,
                    scope.instant(),
                    new EntityEvent.Trace(trail.correlationId(), trail.causationId(), events.size()),
                    subject));
        }
        if (!events.isEmpty()) {
            scope.work().events().append(events);
        }
        return events;
    }
}
