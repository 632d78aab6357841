package dev.pawl.manifest.runtime.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A part of a result that came out otherwise: which command (from 0), which part (by JSON pointer), and both values. */
public record Mismatch(int index, String pointer, JsonNode expected, JsonNode actual) {
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("index", index);
        json.put("pointer", pointer);
        if (!expected.isMissingNode()) {
            json.set("expected", expected);
        }
        if (!actual.isMissingNode()) {
            json.set("actual", actual);
        }
        return json;
    }
}
