package dev.pawl.manifest.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.runtime.port.EffectHandler;
import dev.pawl.manifest.runtime.port.EntityEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The effects of one command, kept back until its writes have succeeded. */
final class EffectBuffer {
    private final CallScope scope;
    private final EventBuffer.Trail trail;
    private final List<Pending> pending = new ArrayList<>();

    EffectBuffer(CallScope scope, EventBuffer.Trail trail) {
        this.scope = scope;
        this.trail = trail;
    }

    private record Pending(String id, String name, JsonNode argument) {}

    /** Keeps the effect; answers what the action is worth until it has been performed: its id and its state. */
    JsonNode add(String name, JsonNode argument) {
        if (!scope.ports().effects().performs(name)) {
            throw new CommandRefused(
                    RefusalCode.EFFECT_REFUSED,
                    "MISSING_EFFECT_HANDLER: nothing here performs the effect '" + name + "'");
        }
        String id = scope.ports().traceIds().next();
        pending.add(new Pending(id, name, argument));
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        return state.put("effectId", id).put("status", "pending");
    }

    /** Hands the effects over, now that the instance's id is final. */
    void flush(CommandModel command, @Nullable String instanceId) {
        if (pending.isEmpty()) {
            return;
        }
        EntityModel entity = command.entity();
        EntityEvent.Subject subject =
                new EntityEvent.Subject(command.name(), entity == null ? null : entity.name(), instanceId);
        for (Pending effect : pending) {
            scope.ports()
                    .effects()
                    .take(new EffectHandler.Effect(
                            effect.id,
                            scope.caller().tenant(),
                            effect.name,
                            effect.argument,
                            subject,
                            scope.caller().toJson(),
                            trail.correlationId()));
        }
    }
}
