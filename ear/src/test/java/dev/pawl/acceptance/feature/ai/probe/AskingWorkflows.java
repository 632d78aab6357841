package dev.pawl.acceptance.feature.ai.probe;

import dev.pawl.api.AsyncBatchStage;
import dev.pawl.api.Completion;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Poll;
import dev.pawl.api.Retry;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.StageOptions;
import dev.pawl.api.Submission;
import dev.pawl.api.WorkflowSource;
import dev.pawl.api.ai.Ai;
import dev.pawl.api.ai.AiBatch;
import dev.pawl.api.ai.AiBatchRequest;
import dev.pawl.api.ai.AiBatchResult;
import dev.pawl.api.ai.AiPrompt;
import dev.pawl.api.ai.AiTexts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One stage for all ways to ask, and one that asks by batch. */
public class AskingWorkflows implements WorkflowSource {

    public enum Way {
        TEXT,
        OBJECT,
        STREAM,
        EMBED,
        TEXT_THEN_FAIL
    }

    public record Question(Way way, String model, String text, String topic) {}

    public record Verdict(String mood, int weight) {
        public Verdict {
            if (weight < 0) {
                throw new IllegalArgumentException("a weight is not negative");
            }
        }
    }

    /** @param notes what else the stage saw */
    public record Answer(String text, List<String> notes) {}

    public record Questions(List<String> texts, String topic) {}

    public record Verdicts(List<String> moods) {}

    @Override
    public List<Pipeline<?, ?>> workflows() {
        return List.of(
                Pipeline.named("asks-ai", Question.class).then(new Ask()).build(),
                Pipeline.named("asks-ai-by-batch", Questions.class)
                        .then(new AskByBatch())
                        .build());
    }

    static final class Ask implements Stage<Question, Answer> {
        @Override
        public Answer execute(StageContext context, Question question) {
            AiPrompt prompt = AiPrompt.to(question.model(), question.text())
                    .withTemperature(0)
                    .withTopic(question.topic());
            Ai ai = context.ai();
            switch (question.way()) {
                case TEXT:
                    return new Answer(ai.text(prompt).value(), List.of());
                case OBJECT:
                    Verdict verdict = ai.object(prompt, Verdict.class).value();
                    return new Answer(verdict.mood(), List.of(String.valueOf(verdict.weight())));
                case STREAM:
                    List<String> parts = new ArrayList<>();
                    Thread own = Thread.currentThread();
                    String all = ai.stream(prompt, part -> {
                                parts.add(part + (Thread.currentThread() == own ? "" : "?"));
                                context.progress(parts.size(), 100);
                            })
                            .value();
                    return new Answer(all, parts);
                case EMBED:
                    float[] vector = ai.embed(AiTexts.of(question.model(), question.text())
                                    .withTopic(question.topic()))
                            .value()
                            .get(0);
                    return new Answer(Arrays.toString(vector), List.of());
                default:
                    String text = ai.text(prompt).value();
                    if (context.attempt() == 1) {
                        throw new IllegalStateException("after the call");
                    }
                    return new Answer(text, List.of());
            }
        }

        @Override
        public StageOptions options() {
            return StageOptions.retry(Retry.fixed(2, Duration.ofMillis(100)));
        }
    }

    static final class AskByBatch implements AsyncBatchStage<Questions, Verdicts, AiBatch> {
        @Override
        public Submission<Verdicts, AiBatch> execute(
                StageContext context, Questions questions, Optional<AiBatch> earlier) {
            return Submission.suspended(
                    earlier.orElseGet(() -> submit(context.ai(), questions)), Poll.every(Duration.ofMillis(300)));
        }

        private static AiBatch submit(Ai ai, Questions questions) {
            AiBatchRequest request =
                    AiBatchRequest.of("probe").withTopic(questions.topic()).answeredAs(Verdict.class);
            for (int i = 0; i < questions.texts().size(); i++) {
                request = request.with(
                        "q" + i, AiPrompt.to("probe", questions.texts().get(i)));
            }
            return ai.submit(request);
        }

        @Override
        public Completion<Verdicts, AiBatch> checkCompletion(StageContext context, AiBatch batch) {
            if (!context.ai().status(batch).isFinished()) {
                return Completion.notReady();
            }
            List<AiBatchResult<Verdict>> results = context.ai().results(batch, Verdict.class);
            // read twice, as after a poll that was lost
            context.ai().results(batch, Verdict.class);
            return Completion.ready(new Verdicts(results.stream()
                    .map(result -> result.isError()
                            ? String.valueOf(result.errorCode())
                            : result.orThrow().mood())
                    .toList()));
        }
    }
}
