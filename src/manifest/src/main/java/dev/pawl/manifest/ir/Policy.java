package dev.pawl.manifest.ir;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/** Who may do what. A policy without entity counts for every entity; {@code override} policies authorise the
 * override of a constraint and nothing else. */
public record Policy(
        String name,
        @Nullable String module,
        @Nullable String entity,
        Scope action,
        Expression expression,
        @Nullable RateLimit rateLimit,
        @Nullable String message) {
    /** What a policy guards. */
    public enum Scope {
        READ("read"),
        WRITE("write"),
        DELETE("delete"),
        EXECUTE("execute"),
        ALL("all"),
        OVERRIDE("override");

        private final String text;

        Scope(String text) {
            this.text = text;
        }

        @JsonValue
        public String text() {
            return text;
        }
    }
}
