package dev.pawl.testkit.ai;

import dev.pawl.api.AsyncBatchStage;
import dev.pawl.api.Completion;
import dev.pawl.api.Poll;
import dev.pawl.api.Retry;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.StageOptions;
import dev.pawl.api.Submission;
import dev.pawl.api.ai.Ai;
import dev.pawl.api.ai.AiBatch;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Stages that do nothing but ask. */
final class Asking {

    /** What goes in and comes out. */
    record Said(String text) {}

    /** A stage whose code is a function of the models. */
    record Once(Function<Ai, String> question, StageOptions options) implements Stage<Said, Said> {
        @Override
        public Said execute(StageContext context, Said input) {
            return new Said(question.apply(context.ai()));
        }

        @Override
        public String id() {
            return "asking";
        }
    }

    /** A stage that suspends with a batch. */
    record Later(Function<Ai, AiBatch> submission, AiFunction reading) implements AsyncBatchStage<Said, Said, AiBatch> {

        interface AiFunction {
            String read(Ai ai, AiBatch batch);
        }

        @Override
        public Submission<Said, AiBatch> execute(StageContext context, Said input, Optional<AiBatch> earlier) {
            return Submission.suspended(
                    earlier.orElseGet(() -> submission.apply(context.ai())), Poll.every(Duration.ofMinutes(1)));
        }

        @Override
        public Completion<Said, AiBatch> checkCompletion(StageContext context, AiBatch batch) {
            return context.ai().status(batch).isFinished()
                    ? Completion.ready(new Said(reading.read(context.ai(), batch)))
                    : Completion.notReady();
        }

        @Override
        public String id() {
            return "asking";
        }

        @Override
        public StageOptions options() {
            return StageOptions.retry(Retry.fixed(3, Duration.ofSeconds(5)));
        }
    }

    private Asking() {}

    static Once once(Function<Ai, String> question) {
        return new Once(question, StageOptions.DEFAULT);
    }
}
