package dev.pawl.manifest.runtime.port;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One row: an instance's version (the first is 1) and its properties, which nobody changes once they are in here. */
public record StoredEntity(EntityKey key, long version, ObjectNode properties) {
    public StoredEntity {
        if (version < 1) {
            throw new IllegalArgumentException("the first version of " + key + " is 1, got " + version);
        }
    }
}
