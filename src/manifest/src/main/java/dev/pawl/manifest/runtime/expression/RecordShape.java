package dev.pawl.manifest.runtime.expression;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The layout of an entity's records: a slot per stored property ({@code id} is slot 0), and what can be derived from a
 * record. Derived members are added while a program is compiled, before the first record exists.
 */
public final class RecordShape {
    public static final int ID = 0;

    private final String entity;
    private final List<String> names;
    private final Map<String, Integer> slots = new HashMap<>();
    private final Map<String, Computed> computed = new LinkedHashMap<>();
    private final Map<String, RelatedRows> relationships = new LinkedHashMap<>();

    /** {@code names} starts with {@code id}. */
    public RecordShape(String entity, List<String> names) {
        this.entity = entity;
        this.names = List.copyOf(names);
        for (int slot = 0; slot < names.size(); slot++) {
            slots.put(names.get(slot), slot);
        }
    }

    public void define(Computed property) {
        computed.put(property.name(), property);
    }

    public void define(String relationship, RelatedRows rows) {
        relationships.put(relationship, rows);
    }

    public String entity() {
        return entity;
    }

    /** The stored properties in their order. */
    public List<String> names() {
        return names;
    }

    public int size() {
        return names.size();
    }

    /** The slot of a stored property, or -1. */
    public int slot(String name) {
        Integer slot = slots.get(name);
        return slot == null ? -1 : slot;
    }

    public @Nullable Computed computed(String name) {
        return computed.get(name);
    }

    public @Nullable RelatedRows relationship(String name) {
        return relationships.get(name);
    }

    public Map<String, Computed> computedProperties() {
        return Collections.unmodifiableMap(computed);
    }

    public Map<String, RelatedRows> relationships() {
        return Collections.unmodifiableMap(relationships);
    }
}
