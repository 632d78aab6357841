package dev.pawl.acceptance.feature.stages.probe;

import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Retry;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.StageOptions;
import dev.pawl.api.WorkflowSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Groups and lines with stages of every temper. */
public class OutcomeWorkflows implements WorkflowSource {

    public record Text(String value) {}

    @Override
    public List<Pipeline<?, ?>> workflows() {
        return List.of(
                Pipeline.named("outcome-group", Text.class)
                        .parallel(new Fine(), new Flaky())
                        .build(),
                Pipeline.named("outcome-doomed", Text.class)
                        .parallel(new Fine(), new Later(), new Doomed())
                        .build(),
                Pipeline.named("outcome-default", Text.class)
                        .then(new Stubborn())
                        .build());
    }

    static final class Fine implements Stage<Text, Text> {
        @Override
        public Text execute(StageContext context, Text input) {
            context.metric("pages", 3);
            context.metric("pages", 4);
            context.usage(0.25, 10);
            return new Text(input.value() + " fine");
        }
    }

    /** Fails once, and again only when its gate is open. */
    static final class Flaky implements Stage<Text, Text> {
        @Override
        public Text execute(StageContext context, Text input) throws Exception {
            context.usage(0.5, 100);
            if (context.attempt() == 1) {
                throw new IOException("not at first");
            }
            Gates.await(input.value());
            return new Text(input.value() + " at last");
        }

        @Override
        public StageOptions options() {
            return StageOptions.retry(Retry.fixed(3, Duration.ofMillis(20)));
        }
    }

    static final class Doomed implements Stage<Text, Text> {
        @Override
        public Text execute(StageContext context, Text input) throws Exception {
            Gates.await(input.value());
            throw new IOException("the printer is on fire, attempt " + context.attempt());
        }

        @Override
        public StageOptions options() {
            return StageOptions.retry(Retry.fixed(2, Duration.ofMillis(20)));
        }
    }

    /** Has a retry pending for an hour. */
    static final class Later implements Stage<Text, Text> {
        @Override
        public Text execute(StageContext context, Text input) throws Exception {
            throw new IOException("in an hour perhaps");
        }

        @Override
        public StageOptions options() {
            return StageOptions.retry(Retry.fixed(2, Duration.ofHours(1)));
        }
    }

    /** Fails as often as it may, without a policy of its own. */
    static final class Stubborn implements Stage<Text, Text> {
        @Override
        public Text execute(StageContext context, Text input) throws Exception {
            throw new IOException("no");
        }
    }
}
