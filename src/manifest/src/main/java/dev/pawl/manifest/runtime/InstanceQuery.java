package dev.pawl.manifest.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which instances to read: those whose properties equal these values, in the order of their ids, after the cursor of the
 * page before; and which relationships to bring along.
 */
public record InstanceQuery(
        String entity,
        Map<String, JsonNode> equal,
        @Nullable String cursor,
        int limit,
        Set<String> include) {
    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 500;

    public InstanceQuery {
        equal = Collections.unmodifiableMap(new LinkedHashMap<>(equal));
        include = Set.copyOf(include);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidQuery("limit must be between 1 and " + MAX_LIMIT + ", got " + limit);
        }
    }

    public static InstanceQuery of(String entity) {
        return new InstanceQuery(entity, Map.of(), null, DEFAULT_LIMIT, Set.of());
    }

    public InstanceQuery where(Map<String, JsonNode> changed) {
        return new InstanceQuery(entity, changed, cursor, limit, include);
    }

    public InstanceQuery page(@Nullable String changedCursor, int changedLimit) {
        return new InstanceQuery(entity, equal, changedCursor, changedLimit, include);
    }

    public InstanceQuery including(Set<String> changed) {
        return new InstanceQuery(entity, equal, cursor, limit, changed);
    }
}
