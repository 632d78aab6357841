package dev.pawl.manifest.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.runtime.port.EffectHandler;
import dev.pawl.manifest.runtime.port.EntityEvent;

/** An effect that a host performs after its command has been committed. */
public record EffectJob(EffectHandler.Effect effect) {

    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", effect.id());
        json.put("tenant", effect.tenant());
        json.put("name", effect.name());
        if (!effect.argument().isMissingNode()) {
            json.set("argument", effect.argument());
        }
        json.put("command", effect.subject().command());
        json.put("entity", effect.subject().entity());
        json.put("instanceId", effect.subject().instanceId());
        json.set("context", effect.context());
        json.put("correlationId", effect.correlationId());
        return json;
    }

    /** Reads what {@link #toJson()} wrote. */
    public static EffectJob fromJson(JsonNode json) {
        return new EffectJob(new EffectHandler.Effect(
                json.path("id").asText(),
                json.path("tenant").asText(),
                json.path("name").asText(),
                json.path("argument"),
                new EntityEvent.Subject(
                        json.path("command").asText(),
                        json.path("entity").textValue(),
                        json.path("instanceId").textValue()),
                (ObjectNode) json.path("context"),
                json.path("correlationId").asText()));
    }
}
