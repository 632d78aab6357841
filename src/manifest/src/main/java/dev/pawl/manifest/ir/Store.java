package dev.pawl.manifest.ir;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where the instances of an entity are kept: {@code memory}, {@code postgres}, {@code eventSourced} or an adapter of the host. */
public record Store(String entity, String target, Map<String, Value> config) {
    public Store {
        config = config == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(config));
    }
}
