package dev.pawl.manifest.runtime;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** An instance as a reader sees it: its stored properties, what is computed from them, and what it was asked to relate to. */
public record EntityView(
        String entity, String id, long version, ObjectNode properties, ObjectNode computed, ObjectNode related) {

    /** Everything in one object. */
    public ObjectNode toJson() {
        ObjectNode json = properties.deepCopy();
        json.setAll(computed);
        json.setAll(related);
        return json;
    }
}
