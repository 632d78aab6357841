package dev.pawl.ejb.store.sql;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** What counts of things that a run may name more than once: the last of each. */
final class Latest {

    private Latest() {}

    static <K, V> Collection<V> of(Collection<V> named, Function<V, K> key) {
        Map<K, V> latest = new LinkedHashMap<>();
        named.forEach(value -> latest.put(key.apply(value), value));
        return latest.values();
    }
}
