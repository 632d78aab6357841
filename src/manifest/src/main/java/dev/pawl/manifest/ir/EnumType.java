package dev.pawl.manifest.ir;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A named closed set of words. */
public record EnumType(String name, @Nullable String module, List<Member> values) {
    public EnumType {
        values = values == null ? List.of() : List.copyOf(values);
    }

    /** One word of the set, with the label people see and the number it sorts by. */
    public record Member(
            String name, @Nullable String label, @Nullable Double ordinal) {}
}
