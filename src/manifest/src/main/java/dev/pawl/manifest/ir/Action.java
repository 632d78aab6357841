package dev.pawl.manifest.ir;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/** One step of a command. {@code MUTATE} writes the property {@code target}, {@code COMPUTE} binds a name for the rest of the
 * command, the others hand the expression to the host. */
public record Action(Kind kind, @Nullable String target, Expression expression) {
    public Action {
        if (kind == Kind.MUTATE && target == null) {
            throw new IllegalArgumentException("a mutate action names the property it writes");
        }
    }

    /** What an action does. */
    public enum Kind {
        MUTATE("mutate"),
        EMIT("emit"),
        COMPUTE("compute"),
        EFFECT("effect"),
        PUBLISH("publish"),
        PERSIST("persist");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        @JsonValue
        public String text() {
            return text;
        }
    }
}
