package dev.pawl.acceptance.feature.annotation.probe;

import dev.pawl.api.Annotation;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Retry;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.StageOptions;
import dev.pawl.api.WorkflowSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A stage that notes the same in two attempts. */
public class AnnotatingWorkflows implements WorkflowSource {

    public record Text(String value) {}

    @Override
    public List<Pipeline<?, ?>> workflows() {
        return List.of(Pipeline.named("annotates", Text.class).then(new Judge()).build());
    }

    static final class Judge implements Stage<Text, Text> {
        @Override
        public Text execute(StageContext context, Text input) {
            context.annotate(
                    Annotation.of("score/quality", 0.5),
                    Annotation.of("score/detail", Map.of("b", 1, "a", List.of(2)))
                            .announced(),
                    Annotation.of("language", "de").ofRun());
            if (context.attempt() == 1) {
                throw new IllegalStateException("not yet");
            }
            return input;
        }

        @Override
        public StageOptions options() {
            return StageOptions.retry(Retry.fixed(2, Duration.ofMillis(10)));
        }
    }
}
