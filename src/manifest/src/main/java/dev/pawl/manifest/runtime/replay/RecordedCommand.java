package dev.pawl.manifest.runtime.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.runtime.CallOptions;
import dev.pawl.manifest.runtime.Caller;
import dev.pawl.manifest.runtime.CommandCall;
import dev.pawl.manifest.runtime.OverrideRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A command as it once ran.
 *
 * @param ids what {@code uuid()} and new instances were given, in order
 * @param flags what {@code flag(name)} answered, by name
 * @param result the result's JSON; parts left out are not compared
 */
public record RecordedCommand(CommandCall call, Instant at, List<String> ids, JsonNode flags, JsonNode result) {
    public RecordedCommand {
        ids = List.copyOf(ids);
    }

    /**
     * Reads {@code {"entity","command","id","input","tenant","context","overrides","expectedVersion","at","ids","flags",
     * "result"}}; all but the command may be left out.
     *
     * @throws IllegalArgumentException when a part is not what it must be, with its JSON pointer
     */
    public static RecordedCommand fromJson(JsonNode json) {
        String command = json.path("command").textValue();
        if (command == null || command.isEmpty()) {
            throw new IllegalArgumentException("/command must be the name of a command");
        }
        String entity = json.path("entity").textValue();
        CommandCall call = (entity == null ? CommandCall.ofProgram(command) : CommandCall.of(entity, command))
                .on(json.path("id").textValue())
                .with(object(json, "input"))
                .by(Caller.of(json.path("tenant").asText(Caller.DEFAULT_TENANT), object(json, "context")))
                .with(options(json));
        List<String> ids = new ArrayList<>();
        json.path("ids").forEach(id -> ids.add(id.asText()));
        JsonNode created = json.path("result").path("instanceId");
        if (ids.isEmpty() && created.isTextual()) {
            ids.add(created.textValue());
        }
        return new RecordedCommand(call, at(json.path("at")), ids, object(json, "flags"), object(json, "result"));
    }

    private static CallOptions options(JsonNode json) {
        List<OverrideRequest> overrides = new ArrayList<>();
        json.path("overrides")
                .forEach(override -> overrides.add(new OverrideRequest(
                        override.path("constraintCode").asText(),
                        override.path("reason").asText())));
        Long version = json.path("expectedVersion").isIntegralNumber()
                ? Long.valueOf(json.path("expectedVersion").longValue())
                : null;
        return CallOptions.NONE.withOverrides(overrides).withExpectedVersion(version);
    }

    private static Instant at(JsonNode at) {
        if (at.isMissingNode()) {
            return Instant.EPOCH;
        }
        try {
            return at.isNumber() ? Instant.ofEpochMilli(at.longValue()) : Instant.parse(at.asText());
        } catch (DateTimeException notATime) {
            throw new IllegalArgumentException(
                    "/at must be milliseconds since 1970 or an ISO 8601 instant, got '" + at.asText() + "'", notATime);
        }
    }

    private static ObjectNode object(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (value instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("/" + field + " must be an object");
    }
}
