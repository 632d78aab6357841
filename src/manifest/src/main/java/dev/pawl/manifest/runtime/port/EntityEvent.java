package dev.pawl.manifest.runtime.port;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an instance, or, without a subject, in the program. {@code emitIndex} counts from 0 within
 * its command; every event of a command has the same cause: the event that led to the command, or the command itself.
 */
public record EntityEvent(
        String id,
        String tenant,
        String name,
        String channel,
        JsonNode payload,
        Instant occurredAt,
        Trace trace,
        Subject subject) {

    /** How an event hangs together with others. */
    public record Trace(String correlationId, String causationId, int emitIndex) {}

    /** What an event is about: the command that emitted it, and the instance the command ran on. */
    public record Subject(
            String command,
            @Nullable String entity,
            @Nullable String instanceId) {}

    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", id);
        json.put("name", name);
        json.put("channel", channel);
        json.set("payload", payload);
        json.put("timestamp", occurredAt.toEpochMilli());
        json.put("correlationId", trace.correlationId());
        json.put("causationId", trace.causationId());
        json.put("emitIndex", trace.emitIndex());
        ObjectNode about = json.putObject("subject");
        about.put("command", subject.command());
        if (subject.entity() != null) {
            about.put("entity", subject.entity());
        }
        if (subject.instanceId() != null) {
            about.put("id", subject.instanceId());
        }
        json.put("tenant", tenant);
        return json;
    }

    /** Reads what {@link #toJson()} wrote. */
    public static EntityEvent fromJson(JsonNode json) {
        JsonNode about = json.path("subject");
        return new EntityEvent(
                json.path("id").asText(),
                json.path("tenant").asText(),
                json.path("name").asText(),
                json.path("channel").asText(),
                json.path("payload"),
                Instant.ofEpochMilli(json.path("timestamp").asLong()),
                new Trace(
                        json.path("correlationId").asText(),
                        json.path("causationId").asText(),
                        json.path("emitIndex").asInt()),
                new Subject(
                        about.path("command").asText(),
                        about.path("entity").textValue(),
                        about.path("id").textValue()));
    }
}
