package dev.pawl.api.local;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run is started. What is absent is left to the engine.
 *
 * @param version of the workflow; absent: the highest deployed
 * @param config by stage id, laid over the stages' defaults; the values are records, maps or anything Jackson writes
 * @param priority 0 to 9, higher first; absent: 5
 * @param correlationId absent: the run's id
 * @param idempotencyKey with it, the same call starts one run however often it is made
 * @param metadata the caller's own, kept with the run
 */
public record StartOptions(
        @Nullable Integer version,
        Map<String, Object> config,
        @Nullable Integer priority,
        @Nullable String correlationId,
        @Nullable String idempotencyKey,
        Map<String, Object> metadata) {

    public static final StartOptions NONE = new StartOptions(null, Map.of(), null, null, null, Map.of());

    public StartOptions {
        config = Map.copyOf(config);
        metadata = Map.copyOf(metadata);
    }

    public StartOptions withVersion(int value) {
        return new StartOptions(value, config, priority, correlationId, idempotencyKey, metadata);
    }

    /** With settings of one more stage. */
    public StartOptions withConfig(String stageId, Object value) {
        return new StartOptions(
                version, with(config, stageId, value), priority, correlationId, idempotencyKey, metadata);
    }

    public StartOptions withPriority(int value) {
        return new StartOptions(version, config, value, correlationId, idempotencyKey, metadata);
    }

    public StartOptions withCorrelationId(String value) {
        return new StartOptions(version, config, priority, value, idempotencyKey, metadata);
    }

    public StartOptions withIdempotencyKey(String value) {
        return new StartOptions(version, config, priority, correlationId, value, metadata);
    }

    /** With one more member of the metadata. */
    public StartOptions withMetadata(String name, Object value) {
        return new StartOptions(version, config, priority, correlationId, idempotencyKey, with(metadata, name, value));
    }

    private static Map<String, Object> with(Map<String, Object> map, String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(map);
        more.put(name, value);
        return more;
    }
}
