package dev.pawl.engine.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.engine.json.FieldError;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads events in the JSON format of CloudEvents 1.0. An event is correlated by its extension {@code correlationid}, else by
 * its subject; its source and id together tell doubles of it.
 */
public final class CloudEvents {

    private static final String VERSION = "1.0";

    private CloudEvents() {}

    /**
     * One event or an array of them.
     *
     * @throws RefusedException with VALIDATION_FAILED, naming every attribute that is wrong
     */
    public static PublishEvents read(JsonNode json) {
        List<FieldError> errors = new ArrayList<>();
        List<PublishEvents.Event> events = new ArrayList<>();
        if (json.isArray()) {
            for (int i = 0; i < json.size(); i++) {
                events.add(event(json.get(i), "/" + i, errors));
            }
        } else {
            events.add(event(json, "", errors));
        }
        if (!errors.isEmpty()) {
            throw new RefusedException(new Refusal(
                    RefusalCode.VALIDATION_FAILED,
                    "That is no CloudEvent: " + errors.get(0).pointer() + " "
                            + errors.get(0).message(),
                    errors));
        }
        return new PublishEvents(events);
    }

    private static PublishEvents.Event event(JsonNode json, String pointer, List<FieldError> errors) {
        if (!json.isObject()) {
            errors.add(new FieldError(pointer, "an object is expected"));
            return new PublishEvents.Event(null, "", null, null, null);
        }
        if (!json.path("specversion").asText().equals(VERSION)) {
            errors.add(new FieldError(pointer + "/specversion", "'" + VERSION + "' is expected"));
        }
        String id = required(json, "id", pointer, errors);
        String source = required(json, "source", pointer, errors);
        String type = required(json, "type", pointer, errors);
        String correlation = optional(json, "correlationid", pointer, errors);
        String subject = optional(json, "subject", pointer, errors);
        return new PublishEvents.Event(
                key(source, id),
                type,
                correlation == null ? subject : correlation,
                data(json),
                time(json, pointer, errors));
    }

    /** What tells doubles of an event. */
    public static String key(String source, String id) {
        return source + "\n" + id;
    }

    private static String required(JsonNode json, String name, String pointer, List<FieldError> errors) {
        String value = optional(json, name, pointer, errors);
        if (value == null) {
            errors.add(new FieldError(pointer + "/" + name, "a text is expected"));
            return "";
        }
        return value;
    }

    private static @Nullable String optional(JsonNode json, String name, String pointer, List<FieldError> errors) {
        JsonNode value = json.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual() || value.asText().isEmpty()) {
            errors.add(new FieldError(pointer + "/" + name, "a text that is not empty is expected"));
            return null;
        }
        return value.asText();
    }

    /** Binary data stays the text it is encoded in. */
    private static @Nullable JsonNode data(JsonNode json) {
        return json.has("data_base64")
                ? TextNode.valueOf(json.path("data_base64").asText())
                : json.get("data");
    }

    private static @Nullable Instant time(JsonNode json, String pointer, List<FieldError> errors) {
        String time = optional(json, "time", pointer, errors);
        if (time == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeParseException e) {
            errors.add(new FieldError(pointer + "/time", "an RFC 3339 time is expected"));
            return null;
        }
    }
}
