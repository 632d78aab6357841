package dev.pawl.manifest.ir;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command that is run by time. */
public record Schedule(
        String name,
        @Nullable String module,
        @Nullable String entityName,
        String commandName,
        Trigger trigger,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<NamedExpression> params) {
    public Schedule {
        params = params == null ? List.of() : List.copyOf(params);
    }

    /** A cron expression of five fields, or a duration in milliseconds. */
    public record Trigger(
            Kind kind, @Nullable String cron, @Nullable Double durationMs) {}

    /** The kinds of trigger. */
    public enum Kind {
        CRON("cron"),
        INTERVAL("interval"),
        EVERY("every");

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
