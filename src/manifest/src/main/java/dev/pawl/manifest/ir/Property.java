package dev.pawl.manifest.ir;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A stored property of an entity or value object. {@code autoNow}: the default is the time of creation. */
public record Property(
        String name,
        Type type,
        @Nullable Value defaultValue,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean autoNow,
        List<Modifier> modifiers,
        @Nullable MaskStrategy maskStrategy) {
    public Property {
        modifiers = modifiers == null ? List.of() : List.copyOf(modifiers);
    }

    public boolean is(Modifier modifier) {
        return modifiers.contains(modifier);
    }
}
