package dev.pawl.manifest.ir;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A relationship to another entity, by foreign key or through a join entity, never both. */
public record Relationship(
        String name,
        Kind kind,
        String target,
        @Nullable ForeignKey foreignKey,
        @Nullable String through,
        @Nullable ReferentialAction onDelete,
        @Nullable ReferentialAction onUpdate) {
    public Relationship {
        if (foreignKey != null && through != null) {
            throw new IllegalArgumentException(
                    "relationship '" + name + "' has both a foreign key and a join entity; only one is possible");
        }
    }

    /** The four kinds of relationship. */
    public enum Kind {
        HAS_MANY("hasMany"),
        HAS_ONE("hasOne"),
        BELONGS_TO("belongsTo"),
        REF("ref");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        @JsonValue
        public String text() {
            return text;
        }
    }

    /** The local columns and, where given, the columns they point at. */
    public record ForeignKey(
            List<String> fields,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> references) {
        public ForeignKey {
            fields = List.copyOf(fields);
            references = references == null ? List.of() : List.copyOf(references);
        }
    }
}
