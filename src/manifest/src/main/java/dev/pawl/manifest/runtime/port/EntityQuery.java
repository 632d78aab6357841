package dev.pawl.manifest.runtime.port;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The instances of an entity whose properties equal these values, in the order of their ids, after the id {@code after}, at
 * most {@code limit}. Numbers equal numbers of the same value however they are written.
 */
public record EntityQuery(
        String tenant,
        String entity,
        Map<String, JsonNode> equal,
        @Nullable String after,
        int limit) {
    public EntityQuery {
        equal = Collections.unmodifiableMap(new LinkedHashMap<>(equal));
        if (limit < 1) {
            throw new IllegalArgumentException("a page has at least one row, got " + limit);
        }
    }

    public static EntityQuery all(String tenant, String entity) {
        return new EntityQuery(tenant, entity, Map.of(), null, Integer.MAX_VALUE);
    }

    public EntityQuery where(Map<String, JsonNode> changed) {
        return new EntityQuery(tenant, entity, changed, after, limit);
    }

    public EntityQuery page(@Nullable String changedAfter, int changedLimit) {
        return new EntityQuery(tenant, entity, equal, changedAfter, changedLimit);
    }
}
