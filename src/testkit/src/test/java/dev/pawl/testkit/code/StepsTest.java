package dev.pawl.testkit.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.NonRetryableException;
import dev.pawl.api.None;
import dev.pawl.api.Retry;
import dev.pawl.api.StepFailedException;
import dev.pawl.api.StepOptions;
import dev.pawl.api.TypeRef;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StepsTest {

    record Order(String id, int quantity) {}

    record Receipt(String order, List<String> parts) {}

    private final Effects effects = new Effects();

    @Workflow("two-steps")
    final class TwoSteps implements DurableWorkflow<Order, Receipt> {
        @Override
        public Receipt run(WorkflowContext ctx, Order order) {
            String first = ctx.step("first", String.class, () -> effects.happen("first " + order.id()));
            List<String> rest = ctx.step(
                    "rest",
                    TypeRef.listOf(String.class),
                    StepOptions.DEFAULT,
                    step -> List.of(first, effects.happen(step.idempotencyKey())));
            ctx.step("notify", () -> effects.happen("notify"));
            return new Receipt(order.id(), rest);
        }
    }

    @Test
    @Tag("W-01")
    void aCompletedStepNeverRunsAgain() {
        TestEngine engine = TestEngine.with(new TwoSteps()).crashAfter("rest").crashBefore("notify");

        TestRun run = engine.start(TwoSteps.class, new Order("o1", 2));

        assertThat(run.output(Receipt.class)).isEqualTo(new Receipt("o1", List.of("first o1", run.id() + "/rest#1")));
        assertThat(effects.count("first o1")).isEqualTo(1);
        assertThat(effects.count(run.id() + "/rest#1"))
                .as("cut off before it was recorded")
                .isEqualTo(2);
        assertThat(effects.count("notify")).isEqualTo(1);
        assertThat(run.eventTypes())
                .containsSubsequence(
                        "workflow:created",
                        "workflow:started",
                        "step:completed",
                        "step:completed",
                        "step:completed",
                        "workflow:completed");
    }

    @Workflow("loop")
    final class Loop implements DurableWorkflow<None, Integer> {
        @Override
        public Integer run(WorkflowContext ctx, None nothing) {
            int sum = 0;
            for (int i = 0; i < 5; i++) {
                int number = i;
                sum += ctx.step("add", Integer.class, () -> {
                    effects.happen("add " + number);
                    return number;
                });
            }
            return sum;
        }
    }

    @Test
    @Tag("W-01")
    void stepsOfTheSameNameAreToldApartByTheirOccurrence() {
        TestEngine engine = TestEngine.with(new Loop()).crashAfter("add", 3);

        assertThat(engine.start(Loop.class, None.NONE).output(Integer.class)).isEqualTo(10);
        assertThat(effects.all())
                .contains("add 0", "add 1", "add 2", "add 3", "add 4")
                .hasSize(8);
    }

    @Workflow("retrying")
    final class Retrying implements DurableWorkflow<None, String> {
        @Override
        public String run(WorkflowContext ctx, None nothing) {
            try {
                return ctx.step(
                        "charge",
                        String.class,
                        StepOptions.retry(Retry.exponential(3, Duration.ofSeconds(5))),
                        () -> effects.happen("charge"));
            } catch (StepFailedException e) {
                return ctx.step("fallback", String.class, () -> e.code() + " after " + e.attempts());
            }
        }
    }

    @Test
    @Tag("W-06")
    void aFailedStepIsTriedAgainAsItsPolicySaysWhileTheRunIsSuspended() {
        TestEngine engine = TestEngine.with(new Retrying()).failStep("charge", 2, new IOException("gateway"));

        TestRun run = engine.start(Retrying.class, None.NONE);

        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        assertThat(run.waitsUntil()).contains(engine.clock().now().plusSeconds(5));
        engine.advance(Duration.ofSeconds(5));
        assertThat(engine.executions("charge")).isEqualTo(2);
        engine.advance(Duration.ofSeconds(10));
        assertThat(run.output(String.class)).isEqualTo("charge");
        assertThat(run.eventTypes()).containsSubsequence("step:retrying", "step:retrying", "step:completed");
    }

    @Test
    @Tag("W-06")
    @Tag("W-08")
    void whenItsAttemptsAreUsedUpTheStepFailsCatchablyAndForGood() {
        TestEngine engine = TestEngine.with(new Retrying())
                .failStep("charge", 3, new IOException("gateway"))
                .crashBefore("fallback");

        TestRun run = engine.start(Retrying.class, None.NONE);
        engine.advance(Duration.ofMinutes(1));

        assertThat(run.output(String.class)).isEqualTo("STEP_FAILED after 3");
        assertThat(engine.executions("charge")).isEqualTo(3);
    }

    @Test
    @Tag("W-06")
    void retriesGoOnCountingAfterARestart() {
        TestEngine engine = TestEngine.with(new Retrying()).failStep("charge", 3, new IOException("gateway"));
        TestRun run = engine.start(Retrying.class, None.NONE);

        engine.deploy(new Retrying());
        engine.advance(Duration.ofSeconds(5));
        engine.deploy(new Retrying());
        engine.advance(Duration.ofSeconds(10));

        assertThat(run.output(String.class)).isEqualTo("STEP_FAILED after 3");
        assertThat(engine.executions("charge")).isEqualTo(3);
    }

    @Test
    @Tag("W-06")
    void someFailuresAllowNoFurtherAttempt() {
        TestEngine engine =
                TestEngine.with(new Retrying()).failStep("charge", 1, new NonRetryableException("CARD_STOLEN", "no"));

        assertThat(engine.start(Retrying.class, None.NONE).output(String.class)).isEqualTo("CARD_STOLEN after 1");
    }

    @Workflow("failing")
    final class Failing implements DurableWorkflow<None, String> {
        @Override
        public String run(WorkflowContext ctx, None nothing) throws Exception {
            ctx.step("fine", () -> effects.happen("fine"));
            throw new IOException("the workflow's own");
        }
    }

    @Test
    @Tag("W-08")
    void whatTheMethodThrowsFailsTheRun() {
        TestRun run = TestEngine.with(new Failing()).start(Failing.class, None.NONE);

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.error().orElseThrow().code()).isEqualTo("WORKFLOW_FAILED");
        assertThat(run.error().orElseThrow().message()).contains("the workflow's own");
        assertThat(effects.count("fine")).isEqualTo(1);
    }

    @Test
    @Tag("W-08")
    void aStepThatIsNotCaughtFailsTheRunWithItsCodeAndItsName() {
        @Workflow("uncaught")
        class Uncaught implements DurableWorkflow<None, String> {
            @Override
            public String run(WorkflowContext ctx, None nothing) {
                return ctx.step("only", String.class, StepOptions.once(), () -> {
                    throw new NonRetryableException("NO_STOCK", "sold out");
                });
            }
        }
        TestRun run = TestEngine.with(new Uncaught()).start(Uncaught.class, None.NONE);

        assertThat(run.error().orElseThrow().code()).isEqualTo("NO_STOCK");
        assertThat(run.error().orElseThrow().stage()).isEqualTo("only#1");
    }

    @Test
    @Tag("W-01")
    void resultsMayBeNullOrNothing() {
        @Workflow("nothing")
        class Nothing implements DurableWorkflow<None, Void> {
            @Override
            public Void run(WorkflowContext ctx, None nothing) {
                String none = ctx.step("null", String.class, () -> null);
                effects.happen(String.valueOf(none));
                ctx.sleep(Duration.ofSeconds(1));
                return null;
            }
        }
        TestEngine engine = TestEngine.with(new Nothing());
        TestRun run = engine.start(Nothing.class, None.NONE);
        engine.advance(Duration.ofSeconds(1));

        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(effects.count("null")).isEqualTo(2);
    }

    @Test
    @Tag("W-01")
    void aCrashLoopWithoutHeadwayEndsTheRunAndOneWithHeadwayDoesNot() {
        TestEngine headway = TestEngine.with(new Loop()).crashBefore("add", 4);
        assertThat(headway.start(Loop.class, None.NONE).output(Integer.class)).isEqualTo(10);

        TestEngine stuck = TestEngine.with(new Loop()).crashBefore("add", 5);
        TestRun run = stuck.start(Loop.class, None.NONE);
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.error().orElseThrow().code()).isEqualTo("LEASE_EXPIRED");
    }

    @Test
    @Tag("W-01")
    @Tag("W-02")
    void aLongRunSurvivesAnyNumberOfCrashes() {
        @Workflow("sending")
        class Sending implements DurableWorkflow<None, Integer> {
            @Override
            public Integer run(WorkflowContext ctx, None nothing) {
                for (int i = 0; i < 10; i++) {
                    ctx.step("send-" + i, () -> effects.happen("sent"));
                }
                return 10;
            }
        }
        TestEngine engine = TestEngine.with(new Sending());
        for (int i = 0; i < 10; i++) {
            engine.crashAfter("send-" + i, 3);
        }

        assertThat(engine.start(Sending.class, None.NONE).output(Integer.class)).isEqualTo(10);
        assertThat(effects.count("sent")).isEqualTo(40);
    }

    @Test
    @Tag("J-10")
    void aTestAnswersInTheStepsPlace() {
        TestEngine engine = TestEngine.with(new Retrying()).mockStep("charge", () -> "mocked");

        assertThat(engine.start(Retrying.class, None.NONE).output(String.class)).isEqualTo("mocked");
        assertThat(effects.all()).isEmpty();
    }

    @Test
    void aContextInsideAStepIsRefused() {
        @Workflow("nested")
        class Nested implements DurableWorkflow<None, String> {
            @Override
            public String run(WorkflowContext ctx, None nothing) {
                return ctx.step("outer", String.class, () -> ctx.step("inner", String.class, () -> "no"));
            }
        }
        TestRun run = TestEngine.with(new Nested()).start(Nested.class, None.NONE);

        assertThat(run.error().orElseThrow().code()).isEqualTo("CONTEXT_IN_USE");
    }

    @Test
    @Tag("W-14")
    void metricsProgressAndLogLinesAreToldOnce() {
        @Workflow("telling")
        class Telling implements DurableWorkflow<None, String> {
            @Override
            public String run(WorkflowContext ctx, None nothing) {
                ctx.log().info("begins");
                ctx.metric("orders", 3);
                ctx.progress(0.5, "half", Map.of());
                ctx.step("a", () -> effects.happen("a"));
                ctx.sleep(Duration.ofHours(1));
                ctx.metric("orders", 4);
                ctx.log().info("ends");
                return "done";
            }
        }
        TestEngine engine = TestEngine.with(new Telling());
        TestRun run = engine.start(Telling.class, None.NONE);
        assertThat(run.stage("main").metrics()).hasToString("{\"orders\":3}");
        engine.deploy(new Telling());
        engine.advance(Duration.ofHours(1));

        assertThat(run.output(String.class)).isEqualTo("done");
        assertThat(run.logs()).extracting("message").containsExactly("begins", "ends");
        assertThat(run.stage("main").metrics()).hasToString("{\"orders\":4}");
    }
}
