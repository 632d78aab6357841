package dev.pawl.manifest.ir;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command that waits for the approval of others; {@code timeout} in hours. */
public record Approval(
        String name,
        String command,
        List<Stage> stages,
        List<String> emits,
        @Nullable Double timeout,
        @Nullable OnTimeout onTimeout) {
    public Approval {
        stages = stages == null ? List.of() : List.copyOf(stages);
        emits = emits == null ? List.of() : List.copyOf(emits);
    }

    /** One round of approval, skipped when {@code when} does not hold. */
    public record Stage(
            String name,
            Expression policy,
            double required,
            @Nullable Expression when) {}

    /** What happens when nobody decides in time. */
    @JsonDeserialize(using = OnTimeoutJson.Reader.class)
    @JsonSerialize(using = OnTimeoutJson.Writer.class)
    public sealed interface OnTimeout permits Cancel, Escalate {}

    /** The approval is cancelled. */
    @JsonDeserialize(using = OnTimeoutJson.Reader.class)
    public record Cancel() implements OnTimeout {}

    /** The approval is handed to {@code to}, enters {@code status}, and its clock is treated as {@code timeout} says. */
    @JsonDeserialize(using = OnTimeoutJson.Reader.class)
    public record Escalate(Expression to, Status status, EscalationTimeout timeout) implements OnTimeout {}

    /** The clock after an escalation: a number of hours, none, or the approval's own again. */
    public sealed interface EscalationTimeout permits Hours, NoTimeout, ResetTimeout {}

    public record Hours(double hours) implements EscalationTimeout {}

    public record NoTimeout() implements EscalationTimeout {}

    public record ResetTimeout() implements EscalationTimeout {}

    /** The states of an approval. */
    public enum Status {
        PENDING("pending"),
        GRANTED("granted"),
        DENIED("denied"),
        EXPIRED("expired");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        @JsonValue
        public String text() {
            return text;
        }
    }
}
