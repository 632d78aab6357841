package dev.pawl.acceptance.feature.rerun.probe;

import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Retry;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.StageOptions;
import dev.pawl.api.WorkflowSource;
import java.time.Duration;
import java.util.List;

/** Three stages of which the second fails until its gate is opened. */
public class RepeatableWorkflows implements WorkflowSource {

    public record Text(String value) {}

    @Override
    public List<Pipeline<?, ?>> workflows() {
        return List.of(Pipeline.named("repeatable", Text.class)
                .then(new Append("first"))
                .then(new Fragile())
                .then(new Append("last"))
                .build());
    }

    static final class Append implements Stage<Text, Text> {
        private final String id;

        Append(String id) {
            this.id = id;
        }

        @Override
        public Text execute(StageContext context, Text input) {
            Gates.note(context.run().correlationId() + " " + id);
            context.usage(1, 5);
            return new Text(input.value() + "+" + id + context.attempt());
        }

        @Override
        public String id() {
            return id;
        }
    }

    static final class Fragile implements Stage<Text, Text> {
        @Override
        public Text execute(StageContext context, Text input) {
            if (input.value().startsWith("wait") && !Gates.isOpen(context.run().correlationId())) {
                throw new IllegalStateException("not yet");
            }
            return new Text(input.value() + "+fragile" + context.attempt());
        }

        @Override
        public StageOptions options() {
            return StageOptions.retry(Retry.fixed(2, Duration.ofHours(1)));
        }
    }
}
