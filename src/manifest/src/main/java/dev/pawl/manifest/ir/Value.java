package dev.pawl.manifest.ir;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A constant. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Value.Text.class, name = "string"),
    @JsonSubTypes.Type(value = Value.Numeric.class, name = "number"),
    @JsonSubTypes.Type(value = Value.Bool.class, name = "boolean"),
    @JsonSubTypes.Type(value = Value.Null.class, name = "null"),
    @JsonSubTypes.Type(value = Value.Sequence.class, name = "array"),
    @JsonSubTypes.Type(value = Value.Structure.class, name = "object")
})
public sealed interface Value {

    record Text(String value) implements Value {}

    record Numeric(double value) implements Value {}

    record Bool(boolean value) implements Value {}

    record Null() implements Value {}

    record Sequence(List<Value> elements) implements Value {
        public Sequence {
            elements = List.copyOf(elements);
        }
    }

    record Structure(Map<String, Value> properties) implements Value {
        public Structure {
            properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
        }
    }
}
