package dev.pawl.manifest.runtime.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.runtime.value.Absent;
import dev.pawl.manifest.runtime.value.Fields;
import dev.pawl.manifest.runtime.value.JsonValues;
import dev.pawl.manifest.runtime.value.Values;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An instance while it is evaluated: one value per slot of its shape, and the fields nobody declared. */
public final class EntityRecord implements Fields {
    private final RecordShape shape;
    private final Object[] values;
    private @Nullable Map<String, Object> undeclared;

    public EntityRecord(RecordShape shape) {
        this.shape = shape;
        this.values = new Object[shape.size()];
        Arrays.fill(values, Absent.UNDEFINED);
    }

    private EntityRecord(EntityRecord other) {
        this.shape = other.shape;
        this.values = other.values.clone();
        this.undeclared = other.undeclared == null ? null : new LinkedHashMap<>(other.undeclared);
    }

    public static EntityRecord fromJson(RecordShape shape, JsonNode properties) {
        EntityRecord record = new EntityRecord(shape);
        for (Map.Entry<String, JsonNode> field : properties.properties()) {
            record.put(field.getKey(), JsonValues.fromJson(field.getValue()));
        }
        return record;
    }

    public EntityRecord copy() {
        return new EntityRecord(this);
    }

    public RecordShape shape() {
        return shape;
    }

    public String id() {
        return Values.toText(values[RecordShape.ID]);
    }

    public Object get(int slot) {
        return values[slot];
    }

    public void set(int slot, Object value) {
        values[slot] = value;
    }

    /** The stored value; undefined when there is none. */
    public Object get(String name) {
        int slot = shape.slot(name);
        if (slot >= 0) {
            return values[slot];
        }
        return undeclared == null ? Absent.UNDEFINED : undeclared.getOrDefault(name, Absent.UNDEFINED);
    }

    public void put(String name, Object value) {
        int slot = shape.slot(name);
        if (slot >= 0) {
            values[slot] = value;
            return;
        }
        if (undeclared == null) {
            undeclared = new LinkedHashMap<>();
        }
        undeclared.put(name, value);
    }

    /** The member as an expression sees it: stored, else computed, else a relationship followed. */
    Object member(String name, Evaluation evaluation) {
        int slot = shape.slot(name);
        if (slot >= 0) {
            return values[slot];
        }
        Computed property = shape.computed(name);
        if (property != null) {
            return evaluation.computed(this, property);
        }
        RelatedRows rows = shape.relationship(name);
        return rows != null ? rows.from(this, evaluation) : get(name);
    }

    boolean isSameAs(EntityRecord other) {
        return this == other || (shape == other.shape && id().equals(other.id()));
    }

    /** The value of a computed property, undefined for a name that is none. */
    public Object compute(String name, Evaluation evaluation) {
        Computed property = shape.computed(name);
        return property == null ? Absent.UNDEFINED : evaluation.computed(this, property);
    }

    @Override
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (int slot = 0; slot < values.length; slot++) {
            JsonValues.put(json, shape.names().get(slot), values[slot]);
        }
        if (undeclared != null) {
            undeclared.forEach((name, value) -> JsonValues.put(json, name, value));
        }
        return json;
    }

    /** Two records are equal when they are of the same row. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EntityRecord record && isSameAs(record);
    }

    @Override
    public int hashCode() {
        return id().hashCode();
    }

    @Override
    public String toString() {
        return shape.entity() + "#" + id();
    }
}
