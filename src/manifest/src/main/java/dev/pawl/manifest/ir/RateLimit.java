package dev.pawl.manifest.ir;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/** At most {@code maxRequests} (plus {@code burstAllowance}) in any window of {@code windowMs} milliseconds. */
public record RateLimit(
        double maxRequests,
        double windowMs,
        Scope scope,
        @Nullable Double burstAllowance) {
    /** Who shares one budget. */
    public enum Scope {
        USER("user"),
        TENANT("tenant"),
        GLOBAL("global");

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
