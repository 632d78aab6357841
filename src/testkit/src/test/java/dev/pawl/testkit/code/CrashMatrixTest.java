package dev.pawl.testkit.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.api.ChildRun;
import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.EventType;
import dev.pawl.api.None;
import dev.pawl.api.ParallelOptions;
import dev.pawl.api.Retry;
import dev.pawl.api.Saga;
import dev.pawl.api.StepFailedException;
import dev.pawl.api.StepOptions;
import dev.pawl.api.TypeRef;
import dev.pawl.api.Wait;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.testkit.CrashMatrix;
import dev.pawl.testkit.CrashMatrix.Tried;
import dev.pawl.testkit.CrashTrial;
import dev.pawl.testkit.SideEffects;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("W-02")
@Tag("J-10")
class CrashMatrixTest {

    static final EventType<String> PAID = EventType.of("paid", String.class);

    /** A step that has an effect outside under its own key. */
    private static String act(WorkflowContext ctx, SideEffects effects, String name) {
        return ctx.step(name, String.class, step -> {
            effects.happen(name, step.idempotencyKey());
            return name;
        });
    }

    @Workflow("steps-of-all-kinds")
    record StepsOfAllKinds(SideEffects effects) implements DurableWorkflow<Integer, String> {
        @Override
        public String run(WorkflowContext ctx, Integer items) {
            act(ctx, effects, "open");
            ctx.transaction("debit", () -> effects.commit("debit"));
            for (int i = 0; i < items; i++) {
                act(ctx, effects, "send-" + i);
                ctx.sleep(Duration.ofHours(1));
                int number = i;
                ctx.transaction("row", () -> effects.commit("row " + number));
            }
            UUID id = ctx.uuid();
            ctx.publish("state", "sent " + items);
            if (items > 2) {
                act(ctx, effects, "many");
            }
            return ctx.step("close", String.class, () -> id + " " + ctx.run().id());
        }
    }

    @Test
    void sequencesLoopsSleepsAndTransactionsLoseNothingAndDoNothingTwice() {
        Tried tried = CrashMatrix.of(trial -> {
                    TestEngine engine = trial.engine(TestEngine.with(new StepsOfAllKinds(trial.effects())));
                    TestRun run = engine.start("steps-of-all-kinds", 3);
                    engine.advance(Duration.ofHours(3));
                    assertThat(run.output(String.class)).endsWith(" " + run.id());
                    assertThat(run.query("state", String.class)).contains("sent 3");
                    assertThat(trial.effects().commits("debit")).isEqualTo(1);
                    assertThat(trial.effects().distinct("send-2")).isEqualTo(1);
                })
                .verify();

        assertThat(tried.plays()).isEqualTo(100);
        assertThat(tried.deaths()).isBetween(100, 300);
    }

    @Test
    void aDeathAtEveryPlaceOfARunLosesNothingEither() {
        Tried tried = CrashMatrix.of(trial -> {
                    TestEngine engine = trial.engine(TestEngine.with(new StepsOfAllKinds(trial.effects())));
                    TestRun run = engine.start("steps-of-all-kinds", 1);
                    engine.advance(Duration.ofHours(1));
                    assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
                })
                .verifyEveryPlace();

        assertThat(tried.plays()).isEqualTo(tried.places()).isGreaterThan(20);
    }

    @Workflow("side-by-side")
    record SideBySide(SideEffects effects) implements DurableWorkflow<None, List<String>> {
        @Override
        public List<String> run(WorkflowContext ctx, None nothing) {
            List<String> done = ctx.forEach(
                    "all", ParallelOptions.ALL, IntStream.range(0, 4).boxed().toList(), item -> branch -> {
                        act(branch, effects, "fetch-" + item);
                        branch.sleep(Duration.ofMinutes(item));
                        branch.transaction("store", () -> effects.commit("store " + item));
                        return act(branch, effects, "tell-" + item);
                    });
            act(ctx, effects, "end");
            return done;
        }
    }

    @Test
    void branchesLoseNothingAndDoNothingTwice() {
        CrashMatrix.of(trial -> {
                    TestEngine engine = trial.engine(TestEngine.with(new SideBySide(trial.effects())));
                    TestRun run = engine.start("side-by-side", None.NONE);
                    engine.advance(Duration.ofMinutes(10));
                    assertThat(run.output(TypeRef.listOf(String.class)))
                            .containsExactly("tell-0", "tell-1", "tell-2", "tell-3");
                })
                .verify();
    }

    @Workflow("waiting")
    record Waiting(SideEffects effects) implements DurableWorkflow<None, String> {
        @Override
        public String run(WorkflowContext ctx, None nothing) {
            String early = ctx.require(Wait.forEvent(PAID).correlatedBy("early"));
            act(ctx, effects, "first");
            String signal = ctx.waitForSignal("go", String.class);
            act(ctx, effects, "second");
            boolean timedOut = ctx.waitFor(PAID, "never", Duration.ofHours(48)).isEmpty();
            ctx.emit(PAID, "other", "told");
            return early + " " + signal + " " + timedOut + " "
                    + ctx.require(Wait.forEvent(PAID).correlatedBy("other"));
        }
    }

    @Test
    @Tag("W-05")
    void waitsTakeTheirEventsOnce() {
        CrashMatrix.of(trial -> {
                    TestEngine engine = trial.engine(TestEngine.with(new Waiting(trial.effects())));
                    engine.publish(PAID, "early", "a");
                    TestRun run = engine.start("waiting", None.NONE);
                    TestRun beside = engine.start("waiting", None.NONE);
                    run.signal("go", "b");
                    engine.advance(Duration.ofHours(48));
                    assertThat(run.output(String.class)).isEqualTo("a b true told");
                    assertThat(beside.status()).isEqualTo(RunStatus.SUSPENDED);
                    assertThat(run.eventTypes()).containsOnlyOnce("event:emitted");
                })
                .verify();
    }

    @Workflow("parent")
    record Parent(SideEffects effects) implements DurableWorkflow<None, List<String>> {
        @Override
        public List<String> run(WorkflowContext ctx, None nothing) {
            List<ChildRun<String>> children = IntStream.range(0, 3)
                    .mapToObj(i -> ctx.child(Child.class, "child", i))
                    .toList();
            act(ctx, effects, "ordered");
            List<String> done = children.stream().map(ChildRun::join).toList();
            ctx.subWorkflow(Child.class, "last", 9);
            return done;
        }
    }

    @Workflow("child")
    record Child(SideEffects effects) implements DurableWorkflow<Integer, String> {
        @Override
        public String run(WorkflowContext ctx, Integer number) {
            ctx.sleep(Duration.ofMinutes(number));
            return act(ctx, effects, "ship-" + number);
        }
    }

    @Test
    @Tag("W-12")
    @Tag("W-13")
    void childrenAreStartedOnce() {
        CrashMatrix.of(trial -> {
                    TestEngine engine =
                            trial.engine(TestEngine.with(new Parent(trial.effects()), new Child(trial.effects())));
                    TestRun run = engine.start("parent", None.NONE);
                    engine.advance(Duration.ofHours(1));
                    assertThat(run.output(TypeRef.listOf(String.class))).containsExactly("ship-0", "ship-1", "ship-2");
                    assertThat(trial.effects().distinct("ship-9")).isEqualTo(1);
                })
                .verify();
    }

    @Workflow("trip")
    record Trip(SideEffects effects) implements DurableWorkflow<None, String> {
        @Override
        public String run(WorkflowContext ctx, None nothing) {
            Saga saga = ctx.saga();
            try {
                saga.run(() -> {
                    for (String what : List.of("flight", "hotel", "car")) {
                        saga.onFailure("cancel-" + what, () -> effects.happen("cancel", what));
                        act(ctx, effects, "book-" + what);
                    }
                    return ctx.step(
                            "pay", String.class, StepOptions.retry(Retry.fixed(3, Duration.ofSeconds(10))), () -> {
                                throw new IOException("declined");
                            });
                });
                return "booked";
            } catch (StepFailedException e) {
                return "undone after " + e.attempts();
            }
        }
    }

    @Test
    @Tag("W-09")
    @Tag("W-06")
    void sagasAreUndoneOnceAndFailuresCountedOnce() {
        CrashMatrix.of(trial -> {
                    TestEngine engine = trial.engine(TestEngine.with(new Trip(trial.effects())));
                    TestRun run = engine.start("trip", None.NONE);
                    engine.advance(Duration.ofMinutes(1));
                    assertThat(run.output(String.class)).isEqualTo("undone after 3");
                    assertThat(trial.effects().distinct("cancel")).isEqualTo(3);
                })
                .verify();
    }

    @Workflow("endless")
    record Endless(SideEffects effects) implements DurableWorkflow<Integer, Integer> {
        @Override
        public Integer run(WorkflowContext ctx, Integer round) {
            act(ctx, effects, "round");
            ctx.transaction("count", () -> effects.commit("round " + round));
            return round == 4 ? round : ctx.continueAsNew(round + 1);
        }
    }

    @Test
    @Tag("W-16")
    void aRunContinuesAsNewOnce() {
        CrashMatrix.of(trial -> {
                    TestEngine engine = trial.engine(TestEngine.with(new Endless(trial.effects())));
                    assertThat(engine.start("endless", 0).output(Integer.class)).isEqualTo(4);
                    assertThat(trial.effects().distinct("round"))
                            .as("each round has keys of its own")
                            .isEqualTo(5);
                })
                .verify();
    }

    // what the matrix finds

    private static void play(DurableWorkflow<None, String> workflow, CrashTrial trial) {
        TestRun run = trial.engine(TestEngine.with(workflow)).start("flawed", None.NONE);
        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void anEffectOutsideOfStepsIsFound() {
        @Workflow("flawed")
        record Flawed(SideEffects effects) implements DurableWorkflow<None, String> {
            @Override
            public String run(WorkflowContext ctx, None nothing) {
                effects.happen("mail", UUID.randomUUID().toString());
                return act(ctx, effects, "step");
            }
        }
        CrashMatrix matrix = CrashMatrix.of(trial -> play(new Flawed(trial.effects()), trial));

        assertThatThrownBy(matrix::verify)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("With seed")
                .hasMessageContaining("mail");
    }

    @Test
    void anEffectThatClaimsToBeExactlyOnceNeedsATransaction() {
        @Workflow("flawed")
        record Flawed(SideEffects effects) implements DurableWorkflow<None, String> {
            @Override
            public String run(WorkflowContext ctx, None nothing) {
                ctx.step("pay", StepOptions.once(), () -> effects.commit("payment"));
                return "paid";
            }
        }
        CrashMatrix matrix = CrashMatrix.of(trial -> play(new Flawed(trial.effects()), trial));

        assertThatThrownBy(matrix::verify).isInstanceOf(AssertionError.class).hasMessageContaining("Without a death");
    }

    @Test
    void anOutcomeThatDependsOnWhatIsNotRecordedIsFound() {
        int[] calls = new int[1];
        @Workflow("flawed")
        class Flawed implements DurableWorkflow<None, String> {
            @Override
            public String run(WorkflowContext ctx, None nothing) {
                ctx.step("only", String.class, () -> "done");
                return "call " + ++calls[0];
            }
        }
        CrashMatrix matrix = CrashMatrix.of(trial -> {
            calls[0] = 0;
            play(new Flawed(), trial);
        });

        assertThatThrownBy(matrix::verify).hasMessageContaining("call 2").hasMessageContaining("call 1");
    }

    @Test
    void aScenarioWithoutAnEngineIsRefused() {
        assertThatThrownBy(() -> CrashMatrix.of(trial -> {}).verify())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("trial.engine");
    }

    @Test
    void aSeedThatFailedCanBePlayedAlone() {
        Tried tried = CrashMatrix.of(trial -> {
                    TestEngine engine = trial.engine(TestEngine.with(new Endless(trial.effects())));
                    assertThat(engine.start("endless", 3).status()).isEqualTo(RunStatus.COMPLETED);
                })
                .deaths(1)
                .seed(42)
                .verify();

        assertThat(tried.plays()).isEqualTo(1);
        assertThat(tried.deaths()).isEqualTo(1);
    }
}
