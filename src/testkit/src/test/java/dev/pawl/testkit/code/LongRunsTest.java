package dev.pawl.testkit.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.None;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.engine.command.RerunFrom;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LongRunsTest {

    private final Effects effects = new Effects();

    record Counter(int count, int last) {}

    @Workflow("counting")
    final class Counting implements DurableWorkflow<Counter, Integer> {
        @Override
        public Integer run(WorkflowContext ctx, Counter counter) {
            ctx.step("tick", () -> effects.happen("tick " + counter.count()));
            if (counter.count() % 1_000 == 0) {
                ctx.sleep(Duration.ofMinutes(1));
            }
            return counter.count() == counter.last()
                    ? Integer.valueOf(ctx.generation())
                    : ctx.continueAsNew(new Counter(counter.count() + 1, counter.last()));
        }
    }

    private List<Checkpoint> journal(TestEngine engine, TestRun run) {
        try {
            return engine.database()
                    .inTransaction(() -> engine.database().journals().read(run.id()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @Tag("W-16")
    void anEndlessLoopKeepsAShortJournal() {
        TestEngine engine = TestEngine.with(new Counting()).crashAfter("tick", 2);
        TestRun run = engine.start(Counting.class, new Counter(1, 10_000));

        for (int i = 1; i <= 10; i++) {
            assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
            assertThat(journal(engine, run)).hasSizeLessThan(5);
            engine.advance(Duration.ofMinutes(1));
        }

        assertThat(run.output(Integer.class)).isEqualTo(10_000);
        assertThat(effects.all()).as("each tick, and two that were cut off").hasSize(10_002);
    }

    @Test
    @Tag("W-16")
    void keysAndIdsDifferFromGenerationToGeneration() {
        @Workflow("keys")
        class Keys implements DurableWorkflow<Integer, Integer> {
            @Override
            public Integer run(WorkflowContext ctx, Integer round) {
                ctx.step("key", None.class, step -> {
                    effects.happen(step.idempotencyKey());
                    return None.NONE;
                });
                effects.happen(ctx.uuid().toString());
                return round == 3 ? round : ctx.<Integer>continueAsNew(round + 1);
            }
        }
        TestEngine engine = TestEngine.with(new Keys());
        TestRun run = engine.start(Keys.class, 1);

        assertThat(run.output(Integer.class)).isEqualTo(3);
        assertThat(effects.all()).hasSize(6).doesNotHaveDuplicates();
        assertThat(run.eventTypes().stream().filter("workflow:continued"::equals))
                .hasSize(2);
    }

    @Test
    @Tag("W-04")
    void aTwoYearSleepSurvivesRestarts() {
        @Workflow("sleeper")
        class Sleeper implements DurableWorkflow<None, String> {
            @Override
            public String run(WorkflowContext ctx, None nothing) {
                Instant begun = ctx.now();
                ctx.sleepUntil("renewal", begun.plus(Duration.ofDays(730)));
                return Duration.between(begun, ctx.now()).toDays() + " days";
            }
        }
        TestEngine engine = TestEngine.with(new Sleeper());
        TestRun run = engine.start(Sleeper.class, None.NONE);
        for (int i = 0; i < 10; i++) {
            engine.advance(Duration.ofDays(72));
            engine.deploy(new Sleeper());
            assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        }
        engine.advance(Duration.ofDays(10));

        assertThat(run.output(String.class)).isEqualTo("730 days");
    }

    @Test
    @Tag("W-15")
    void whatARunPublishesCanBeReadAndSoCanWhatItWaitsFor() {
        @Workflow("publishing")
        class Publishing implements DurableWorkflow<None, String> {
            @Override
            public String run(WorkflowContext ctx, None nothing) {
                for (int i = 0; i < 3; i++) {
                    ctx.publish("stage", i);
                    ctx.step("work-" + i, () -> effects.happen("work"));
                    ctx.sleep("rest", Duration.ofMinutes(1));
                }
                return ctx.waitForSignal("end", String.class);
            }
        }
        TestEngine engine = TestEngine.with(new Publishing()).crashAfter("work-1");
        TestRun run = engine.start(Publishing.class, None.NONE);
        assertThat(run.query("stage", Integer.class)).contains(0);
        assertThat(run.query("nothing", Integer.class)).isEmpty();
        assertThat(run.view().waiting()).singleElement().satisfies(waiting -> {
            assertThat(waiting.reason()).isEqualTo("TIMER");
            assertThat(waiting.detail()).contains("'rest#1'");
            assertThat(waiting.until()).isEqualTo(engine.clock().now().plusSeconds(60));
        });
        engine.advance(Duration.ofMinutes(1));
        assertThat(run.query("stage", Integer.class)).contains(1);
        engine.advance(Duration.ofMinutes(2));
        assertThat(run.view().waiting()).singleElement().satisfies(waiting -> {
            assertThat(waiting.reason()).isEqualTo("SIGNAL");
            assertThat(waiting.detail()).contains("'end'");
        });
        run.signal("end", "over");

        assertThat(run.output(String.class)).isEqualTo("over");
        assertThat(run.query("stage", Integer.class)).contains(2);
        assertThat(run.steps()).extracting("id").contains("work-0#1", "rest#3", "signal/end#1");
    }

    @Test
    @Tag("K-11")
    void aRerunBeginsTheMethodAnew() {
        TestEngine engine = TestEngine.with(new Counting());
        TestRun run = engine.start(Counting.class, new Counter(5, 5));
        assertThat(run.output(Integer.class)).isEqualTo(1);

        engine.execute(new RerunFrom(run.id(), "main", null, false));
        engine.runUntilIdle();

        assertThat(run.output(Integer.class)).isEqualTo(2);
        assertThat(effects.count("tick 5")).isEqualTo(2);
    }

    @Test
    @Tag("K-34")
    void aPausedRunStartsNothingNewAndLosesNothing() {
        @Workflow("paused")
        class Paused implements DurableWorkflow<None, String> {
            @Override
            public String run(WorkflowContext ctx, None nothing) {
                ctx.sleep(Duration.ofMinutes(1));
                ctx.step("after", () -> effects.happen("after"));
                return "done";
            }
        }
        TestEngine engine = TestEngine.with(new Paused());
        TestRun run = engine.start(Paused.class, None.NONE);
        run.pause();
        engine.advance(Duration.ofMinutes(5));
        assertThat(effects.all()).isEmpty();
        run.resume();

        assertThat(run.output(String.class)).isEqualTo("done");
    }
}
