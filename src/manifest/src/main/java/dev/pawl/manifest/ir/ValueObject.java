package dev.pawl.manifest.ir;

import java.util.List;

/** A composite value embedded in the entities that use it as a property type. */
public record ValueObject(String name, List<Property> properties) {
    public ValueObject {
        properties = properties == null ? List.of() : List.copyOf(properties);
    }
}
