package dev.pawl.manifest.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.ir.Severity;
import dev.pawl.manifest.runtime.expression.ResolvedValue;
import dev.pawl.manifest.runtime.port.EntityEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The public JSON form of a command result. */
final class CommandResultJson {
    private CommandResultJson() {}

    static ObjectNode write(CommandResult result) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("success", result.success());
        if (!result.result().isMissingNode()) {
            json.set("result", result.result());
        }
        EntityView instance = result.instance();
        if (instance != null) {
            json.set("instance", instance.toJson());
            json.put("entity", instance.entity());
            json.put("instanceId", instance.id());
            json.put("version", instance.version());
        }
        if (result.refusal() != null) {
            json.put("error", result.refusal().message());
            json.put("code", result.refusal().code().name());
            RefusalJson.write(json, result.refusal());
        }
        ArrayNode outcomes = json.putArray("constraintOutcomes");
        result.constraintOutcomes().forEach(outcome -> outcomes.add(write(outcome)));
        ArrayNode events = json.putArray("emittedEvents");
        result.emittedEvents().forEach(event -> events.add(event.toJson()));
        if (!result.reactions().isEmpty()) {
            ArrayNode reactions = json.putArray("reactions");
            result.reactions().forEach(reaction -> reactions.add(write(reaction)));
        }
        if (result.job() != null) {
            json.put("job", result.job());
        }
        json.put("correlationId", result.correlationId());
        json.put("causationId", result.causationId());
        return json;
    }

    static CommandResult read(JsonNode json) {
        return new CommandResult(
                json.path("result"),
                readInstance(json),
                json.path("success").asBoolean() ? null : RefusalJson.read(json),
                list(json.path("constraintOutcomes"), CommandResultJson::readOutcome),
                list(json.path("emittedEvents"), EntityEvent::fromJson),
                list(json.path("reactions"), CommandResultJson::readReaction),
                json.path("correlationId").asText(),
                json.path("causationId").asText(),
                json.path("job").textValue());
    }

    static ObjectNode write(ConstraintOutcome outcome) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("code", outcome.code());
        json.put("constraintName", outcome.constraintName());
        json.put("severity", outcome.severity().text());
        json.put("formatted", outcome.formatted());
        if (outcome.message() != null) {
            json.put("message", outcome.message());
        }
        if (outcome.details() != null) {
            json.set("details", outcome.details());
        }
        json.put("passed", outcome.passed());
        json.put("overridden", outcome.overridden());
        if (outcome.overriddenBy() != null) {
            json.put("overriddenBy", outcome.overriddenBy());
        }
        json.set("resolved", write(outcome.resolved()));
        return json;
    }

    static ArrayNode write(List<ResolvedValue> resolved) {
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        for (ResolvedValue part : resolved) {
            ObjectNode value = values.addObject();
            value.put("expression", part.expression());
            if (!part.value().isMissingNode()) {
                value.set("value", part.value());
            }
        }
        return values;
    }

    static List<ResolvedValue> readResolved(JsonNode json) {
        return list(json, part -> new ResolvedValue(part.path("expression").asText(), part.path("value")));
    }

    static <T> List<T> list(JsonNode array, Function<JsonNode, T> element) {
        List<T> list = new ArrayList<>(array.size());
        array.forEach(node -> list.add(element.apply(node)));
        return list;
    }

    private static ObjectNode write(ReactionOutcome reaction) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("eventId", reaction.eventId());
        json.put("event", reaction.event());
        json.put("command", reaction.commandType());
        if (reaction.instanceId() != null) {
            json.put("id", reaction.instanceId());
        }
        json.put("success", reaction.success());
        if (reaction.error() != null) {
            json.put("error", reaction.error());
        }
        return json;
    }

    /** What was stored and what was computed are not told apart any more once they were written. */
    private static @Nullable EntityView readInstance(JsonNode json) {
        if (!(json.get("instance") instanceof ObjectNode properties)) {
            return null;
        }
        return new EntityView(
                json.path("entity").asText(),
                json.path("instanceId").asText(),
                json.path("version").asLong(),
                properties,
                JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.objectNode());
    }

    private static ReactionOutcome readReaction(JsonNode json) {
        return new ReactionOutcome(
                json.path("eventId").asText(),
                json.path("event").asText(),
                json.path("command").asText(),
                json.path("id").textValue(),
                json.path("error").textValue());
    }

    private static ConstraintOutcome readOutcome(JsonNode json) {
        return new ConstraintOutcome(
                json.path("code").asText(),
                json.path("constraintName").asText(),
                Severity.valueOf(json.path("severity").asText().toUpperCase(Locale.ROOT)),
                json.path("formatted").asText(),
                json.path("message").textValue(),
                objectOrNull(json.path("details")),
                json.path("passed").asBoolean(),
                json.path("overriddenBy").textValue(),
                readResolved(json.path("resolved")));
    }

    private static @Nullable ObjectNode objectOrNull(JsonNode json) {
        return json instanceof ObjectNode object ? object : null;
    }
}
