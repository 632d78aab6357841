package dev.pawl.manifest.ir;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a failed command is tried again; delays in milliseconds, {@code retryOn} the error codes that qualify. */
public record Retry(
        double maxAttempts,
        Backoff backoff,
        double delayMs,
        @Nullable Double maxDelayMs,
        @Nullable Boolean jitter,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> retryOn) {
    public Retry {
        retryOn = retryOn == null ? List.of() : List.copyOf(retryOn);
    }

    /** How the delay grows from attempt to attempt. */
    public enum Backoff {
        FIXED("fixed"),
        LINEAR("linear"),
        EXPONENTIAL("exponential");

        private final String text;

        Backoff(String text) {
            this.text = text;
        }

        @JsonValue
        public String text() {
            return text;
        }
    }
}
