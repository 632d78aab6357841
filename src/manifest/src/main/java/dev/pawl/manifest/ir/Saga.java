package dev.pawl.manifest.ir;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands in order, each with the command that undoes it. */
public record Saga(String name, @Nullable String module, List<Step> steps, OnFailure onFailure, List<String> emits) {
    public Saga {
        steps = steps == null ? List.of() : List.copyOf(steps);
        emits = emits == null ? List.of() : List.copyOf(emits);
    }

    /** One step and, where it can be undone, its compensation. */
    public record Step(
            String name,
            String commandEntity,
            String command,
            @Nullable String compensateEntity,
            @Nullable String compensate) {}

    /** What a failing step leads to. */
    public enum OnFailure {
        COMPENSATE("compensate"),
        ABORT("abort");

        private final String text;

        OnFailure(String text) {
            this.text = text;
        }

        @JsonValue
        public String text() {
            return text;
        }
    }
}
