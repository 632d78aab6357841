package dev.pawl.manifest.ir;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A property derived from others on reading; {@code dependencies} are the names its expression mentions. */
public record ComputedProperty(
        String name,
        Type type,
        Expression expression,
        List<String> dependencies,
        @Nullable Cache cache) {
    public ComputedProperty {
        dependencies = dependencies == null ? List.of() : List.copyOf(dependencies);
    }

    /** How long a computed value may be kept. */
    public record Cache(Strategy strategy, @Nullable Double ttlSeconds) {}

    /** The lifetimes of a cached value. */
    public enum Strategy {
        REQUEST("request"),
        SESSION("session"),
        TTL("ttl");

        private final String text;

        Strategy(String text) {
            this.text = text;
        }

        @JsonValue
        public String text() {
            return text;
        }
    }
}
