package dev.pawl.testkit.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Retry;
import dev.pawl.api.Stage;
import dev.pawl.api.StageOptions;
import dev.pawl.api.StepOptions;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.api.ai.Ai;
import dev.pawl.api.ai.AiBatchRequest;
import dev.pawl.api.ai.AiModel;
import dev.pawl.api.ai.AiPrices;
import dev.pawl.api.ai.AiPrompt;
import dev.pawl.engine.command.RerunFrom;
import dev.pawl.engine.model.AiCall;
import dev.pawl.engine.model.AiCall.Status;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.query.AiCallView;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import dev.pawl.testkit.ai.Asking.Said;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What becomes of calls when attempts fail, roll back, suspend and are polled. */
class AiInRunsTest {

    private static final Said INPUT = new Said("go");
    private static final AiModel FAST = AiModel.of("fast", "any", "gpt-test")
            .withPrices(AiPrices.of("2", "10").withBatchDiscount("0.5"));

    private static TestEngine engine(Stage<Said, Said> stage) {
        return TestEngine.with(Pipeline.named("flow", Said.class).then(stage).build())
                .mockModel(FAST, text -> text.toUpperCase(Locale.ROOT));
    }

    private static TestEngine engine(Function<Ai, String> question) {
        return engine(Asking.once(question));
    }

    @Test
    @Tag("A-01")
    void aCallIsRecordedUnderTheStageAndCountsInTheTotals() {
        TestRun run = engine(ai -> ai.text(AiPrompt.to("fast", "one two three")).value())
                .start("flow", INPUT);

        assertThat(run.output(Said.class)).isEqualTo(new Said("ONE TWO THREE"));
        AiCallView call = run.aiCalls().get(0);
        assertThat(run.aiCalls()).hasSize(1);
        assertThat(call.topic()).isEqualTo("flow.asking");
        assertThat(call.stage()).isEqualTo("asking");
        assertThat(call.attempt()).isEqualTo(1);
        assertThat(call.type()).isEqualTo(AiCall.Type.TEXT);
        assertThat(call.model()).isEqualTo("fast");
        assertThat(call.providerModel()).isEqualTo("gpt-test");
        assertThat(call.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(call.prompt()).isEqualTo("[user] one two three");
        assertThat(call.response()).isEqualTo("ONE TWO THREE");
        assertThat(call.inputTokens()).isEqualTo(3);
        assertThat(call.outputTokens()).isEqualTo(3);
        // 3 × 2 + 3 × 10 per million
        assertThat(call.cost()).isEqualTo(new BigDecimal("0.000036"));
        assertThat(run.view().totals().tokens()).isEqualTo(6);
        assertThat(run.view().totals().cost()).isCloseTo(0.000036, within(1e-12));
    }

    @Test
    @Tag("A-01")
    void theCallsOfFailedAttemptsAreRecordedAndCounted() {
        AtomicInteger attempts = new AtomicInteger();
        TestEngine engine = engine(ai -> {
            String answer = ai.text(AiPrompt.to("fast", "again")).value();
            if (attempts.incrementAndGet() < 3) {
                throw new IllegalStateException("after the call");
            }
            return answer;
        });
        TestRun run = engine.start("flow", INPUT);
        engine.advance(Duration.ofSeconds(10));

        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.aiCalls()).extracting(AiCallView::attempt).containsExactly(1, 2, 3);
        assertThat(run.view().totals().tokens()).isEqualTo(6);
    }

    @Test
    @Tag("A-01")
    void aCallOutlastsTheDeathOfItsWorker() {
        TestEngine engine =
                engine(ai -> ai.text(AiPrompt.to("fast", "hello")).value()).crashAfter("asking");
        TestRun run = engine.start("flow", INPUT);

        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.aiCalls()).extracting(AiCallView::attempt).containsExactly(1, 2);
    }

    @Test
    @Tag("A-01")
    void aTransactionalStageThatRollsBackHasPaidAllTheSame() {
        Asking.Once stage = new Asking.Once(
                ai -> {
                    ai.text(AiPrompt.to("fast", "hello"));
                    throw new IllegalStateException("rolled back");
                },
                StageOptions.transactional().withRetry(Retry.none()));
        TestRun run = engine(stage).start("flow", INPUT);

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.aiCalls()).extracting(AiCallView::status).containsExactly(Status.SUCCEEDED);
        assertThat(run.view().totals().tokens()).isEqualTo(2);
    }

    @Test
    @Tag("A-03")
    void anUnknownModelFailsAtOnceAndNamesThoseThatAreKnown() {
        TestRun run =
                engine(ai -> ai.text(AiPrompt.to("clever", "hello")).value()).start("flow", INPUT);

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.attempts("asking")).isEqualTo(1);
        assertThat(run.error()).hasValueSatisfying(error -> {
            assertThat(error.code()).isEqualTo("AI_MODEL_UNKNOWN");
            assertThat(error.message()).contains("'clever'", "[fast]");
        });
        assertThat(run.aiCalls()).isEmpty();
    }

    @Test
    @Tag("A-02")
    void aBatchIsSubmittedPolledReadAndCountedOnceThoughItsReadingFails() {
        AtomicInteger readings = new AtomicInteger();
        TestEngine engine = engine(new Asking.Later(
                ai -> ai.submit(AiBatchRequest.of("fast")
                        .with("a", AiPrompt.to("fast", "one two"))
                        .with("b", AiPrompt.to("fast", "three"))
                        .withTopic("docs/batch")),
                (ai, batch) -> {
                    String all = ai.results(batch).get(0).orThrow()
                            + ai.results(batch).get(1).orThrow();
                    if (readings.incrementAndGet() == 1) {
                        throw new IllegalStateException("after the results were read");
                    }
                    return all;
                }));
        TestRun run = engine.start("flow", INPUT);
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        assertThat(run.aiCalls()).extracting(AiCallView::status).containsExactly(Status.SUBMITTED, Status.SUBMITTED);
        assertThat(run.aiCalls())
                .extracting(AiCallView::prompt)
                .containsExactlyInAnyOrder("[user] one two", "[user] three");

        engine.advance(Duration.ofMinutes(5));

        assertThat(run.output(Said.class)).isEqualTo(new Said("ONE TWOTHREE"));
        assertThat(readings).hasValue(2);
        assertThat(run.aiCalls()).hasSize(2).allSatisfy(call -> {
            assertThat(call.status()).isEqualTo(Status.SUCCEEDED);
            assertThat(call.type()).isEqualTo(AiCall.Type.BATCH);
            assertThat(call.topic()).isEqualTo("docs/batch");
            assertThat(call.durationMs()).isEqualTo(60_000);
        });
        // half of (3 × 2 + 3 × 10) per million
        assertThat(run.view().totals().cost()).isCloseTo(0.000018, within(1e-12));
        assertThat(run.view().totals().tokens()).isEqualTo(6);
    }

    @Test
    @Tag("A-02")
    void aWorkerThatDiesBetweenSubmissionAndSuspensionDoesNotSubmitTwice() {
        TestEngine engine = engine(new Asking.Later(
                        ai -> ai.submit(AiBatchRequest.of("fast").with("a", AiPrompt.to("fast", "one"))),
                        (ai, batch) ->
                                batch.id() + " " + ai.results(batch).get(0).orThrow()))
                .crashAfter("asking");
        TestRun run = engine.start("flow", INPUT);
        engine.advance(Duration.ofMinutes(5));

        assertThat(run.output(Said.class)).isEqualTo(new Said("batch-1 ONE"));
        assertThat(run.executions("asking")).isEqualTo(2);
        assertThat(run.aiCalls()).hasSize(1);

        engine.execute(new RerunFrom(run.id(), "asking", null, false));
        engine.runUntilIdle().advance(Duration.ofMinutes(5));
        assertThat(run.output(Said.class)).as("a rerun asks once more").isEqualTo(new Said("batch-2 ONE"));
    }

    @Workflow("asks-in-a-step")
    static final class AsksInAStep implements DurableWorkflow<Said, Said> {
        @Override
        public Said run(WorkflowContext ctx, Said input) {
            return ctx.step(
                    "ask",
                    Said.class,
                    StepOptions.DEFAULT,
                    step -> new Said(
                            step.ai().text(AiPrompt.to("fast", input.text())).value()));
        }
    }

    @Test
    @Tag("A-01")
    void aStepOfDurableCodeAsksLikeAStage() {
        TestEngine engine = TestEngine.with(new AsksInAStep()).mockModel(FAST, text -> text.toUpperCase(Locale.ROOT));
        TestRun run = engine.start(AsksInAStep.class, INPUT);

        assertThat(run.output(Said.class)).isEqualTo(new Said("GO"));
        assertThat(run.aiCalls()).singleElement().satisfies(call -> {
            assertThat(call.stage()).isEqualTo("ask#1");
            assertThat(call.topic()).isEqualTo("asks-in-a-step.ask");
        });
        assertThat(run.view().totals().tokens()).isEqualTo(2);
    }
}
