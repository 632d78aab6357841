package dev.pawl.engine.handler;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.json.JsonCodec;
import java.util.Map;

/** Whether an event's data has the values that a wait asks for. A name with dots leads into objects. */
final class EventFilter {

    private EventFilter() {}

    static boolean fits(String filter, JsonNode data) {
        for (Map.Entry<String, JsonNode> wanted : JsonCodec.parse(filter).properties()) {
            if (!isEqual(wanted.getValue(), at(data, wanted.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static JsonNode at(JsonNode data, String name) {
        if (data.has(name)) {
            return data.get(name);
        }
        JsonNode value = data;
        for (String part : name.split("\\.")) {
            value = value.path(part);
        }
        return value;
    }

    private static boolean isEqual(JsonNode wanted, JsonNode value) {
        return wanted.isNumber() && value.isNumber()
                ? wanted.decimalValue().compareTo(value.decimalValue()) == 0
                : wanted.equals(value);
    }
}
