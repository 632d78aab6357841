package dev.pawl.manifest.ir;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a masked property is shown to those for whom {@code unmaskWhen} does not hold. */
public record MaskStrategy(
        Kind type,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Double> params,
        @Nullable Expression unmaskWhen) {
    public MaskStrategy {
        params = params == null ? List.of() : List.copyOf(params);
    }

    /** The ways to mask a value. */
    public enum Kind {
        REDACT("redact"),
        PARTIAL("partial"),
        EMAIL("email"),
        PHONE("phone"),
        LAST4("last4");

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
