package dev.pawl.testkit.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.None;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("W-03")
class DeterminismTest {

    private final Effects effects = new Effects();

    private interface Body {
        String run(WorkflowContext ctx) throws Exception;
    }

    /** Whatever is deployed under this name at the time. */
    @Workflow("changing")
    static final class Changing implements DurableWorkflow<None, String> {
        private final Body body;

        Changing(Body body) {
            this.body = body;
        }

        @Override
        public String run(WorkflowContext ctx, None nothing) throws Exception {
            return body.run(ctx);
        }
    }

    private void step(WorkflowContext ctx, String name) {
        ctx.step(name, () -> effects.happen(name));
    }

    private String original(WorkflowContext ctx) {
        step(ctx, "a");
        step(ctx, "b");
        ctx.sleep(Duration.ofDays(1));
        step(ctx, "c");
        return "original";
    }

    private TestRun sleeping(TestEngine engine) {
        TestRun run = engine.start(Changing.class, None.NONE);
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        return run;
    }

    @Test
    void aChangedOrderIsAnErrorThatNamesRunAndStepsAndLeavesTheRunResumable() {
        TestEngine engine = TestEngine.with(new Changing(this::original));
        TestRun run = sleeping(engine);

        engine.deploy(new Changing(ctx -> {
            step(ctx, "b");
            step(ctx, "a");
            return "swapped";
        }));
        engine.advance(Duration.ofDays(1));

        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        assertThat(run.stage("main").error()).satisfies(error -> {
            assertThat(error.code()).isEqualTo("NONDETERMINISM");
            assertThat(error.message())
                    .contains(run.id().value(), "step 'a#1'", "step 'b#1'")
                    .contains("ctx.changed");
        });
        assertThat(run.view().waiting()).anySatisfy(waiting -> {
            assertThat(waiting.reason()).isEqualTo("NONDETERMINISM");
            assertThat(waiting.detail()).contains("step 'a#1'");
        });
        assertThat(run.eventTypes()).contains("workflow:parked");
        engine.advance(Duration.ofDays(30));
        assertThat(run.status()).as("it waits for other code").isEqualTo(RunStatus.SUSPENDED);

        engine.deploy(new Changing(this::original));

        engine.runUntilIdle();
        assertThat(run.output(String.class)).isEqualTo("original");
        assertThat(effects.all()).containsExactly("a", "b", "c");
    }

    @Test
    void aParkedRunIsTriedAgainOnDemand() {
        TestEngine engine = TestEngine.with(new Changing(this::original));
        TestRun run = sleeping(engine);
        boolean[] fixed = new boolean[1];
        engine.deploy(new Changing(ctx -> fixed[0] ? original(ctx) : "nothing at all"));
        engine.advance(Duration.ofDays(1));
        assertThat(run.stage("main").error().message()).contains("step 'a#1'", "ends without asking for");

        fixed[0] = true;
        run.retry();

        assertThat(run.output(String.class)).isEqualTo("original");
    }

    @Test
    void anotherKindOfCallIsAMismatch() {
        TestEngine engine = TestEngine.with(new Changing(this::original));
        TestRun run = sleeping(engine);
        engine.deploy(new Changing(ctx -> {
            step(ctx, "a");
            ctx.sleep("b", Duration.ofHours(1));
            return "other";
        }));
        engine.advance(Duration.ofDays(1));

        assertThat(run.stage("main").error().message()).contains("step 'b#1'", "sleep 'b#1'");
    }

    @Test
    void aForkThatIsGoneIsAMismatch() {
        TestEngine engine = TestEngine.with(new Changing(ctx -> {
            ctx.parallel("f", List.of(c -> c.step("x", String.class, () -> "x"), c -> {
                c.sleep(Duration.ofDays(1));
                return "y";
            }));
            return "forked";
        }));
        TestRun run = sleeping(engine);
        engine.deploy(new Changing(ctx -> "no fork"));
        engine.advance(Duration.ofDays(1));

        assertThat(run.stage("main").error().message()).contains("fork 'f#1'");
    }

    @Test
    void changedLetsOldRunsFinishTheirWayAndNewOnesTakeTheNew() {
        TestEngine engine = TestEngine.with(new Changing(this::original));
        TestRun old = sleeping(engine);

        Body changed = ctx -> {
            step(ctx, "a");
            if (ctx.changed("with-check")) {
                step(ctx, "check");
            }
            step(ctx, "b");
            ctx.sleep(Duration.ofDays(1));
            step(ctx, "c");
            return ctx.changed("with-check") ? "new way" : "old way";
        };
        engine.deploy(new Changing(changed));
        TestRun fresh = sleeping(engine);
        engine.deploy(new Changing(changed));
        engine.advance(Duration.ofDays(1));

        assertThat(old.output(String.class)).isEqualTo("old way");
        assertThat(fresh.output(String.class)).isEqualTo("new way");
        assertThat(effects.count("check")).isEqualTo(1);
    }

    @Test
    void aChangeBehindThePlaceWhereARunWaitsIsTaken() {
        TestEngine engine = TestEngine.with(new Changing(this::original));
        TestRun old = sleeping(engine);
        engine.deploy(new Changing(ctx -> {
            step(ctx, "a");
            step(ctx, "b");
            ctx.sleep(Duration.ofDays(1));
            return ctx.changed("without-c") ? "new end" : "old end";
        }));
        engine.advance(Duration.ofDays(1));

        assertThat(old.output(String.class)).isEqualTo("new end");
    }

    @Test
    void versionsTellSeveralChangesApartAndEndSupportClearly() {
        Body second = ctx -> {
            int version = ctx.version("way", 0, 2);
            ctx.sleep(Duration.ofDays(1));
            return "way " + version;
        };
        TestEngine engine = TestEngine.with(new Changing(second));
        TestRun run = sleeping(engine);
        engine.deploy(new Changing(ctx -> {
            int version = ctx.version("way", 3, 4);
            ctx.sleep(Duration.ofDays(1));
            return "way " + version;
        }));
        engine.advance(Duration.ofDays(1));
        assertThat(run.stage("main").error().message()).contains("version 2 of 'way'", "3 to 4");

        engine.deploy(new Changing(ctx -> {
            int version = ctx.version("way", 1, 4);
            ctx.sleep(Duration.ofDays(1));
            return "way " + version;
        }));
        engine.runUntilIdle();
        assertThat(run.output(String.class)).isEqualTo("way 2");
        TestRun fresh = sleeping(engine);
        engine.advance(Duration.ofDays(1));
        assertThat(fresh.output(String.class)).isEqualTo("way 4");
    }

    @Test
    void aMarkerNobodyAsksForAnyMoreIsPassedOver() {
        TestEngine engine = TestEngine.with(new Changing(ctx -> {
            step(ctx, ctx.changed("x") ? "new" : "old");
            ctx.sleep(Duration.ofDays(1));
            return "marked";
        }));
        TestRun run = sleeping(engine);
        engine.deploy(new Changing(ctx -> {
            step(ctx, "new");
            ctx.sleep(Duration.ofDays(1));
            return "unmarked";
        }));
        engine.advance(Duration.ofDays(1));

        assertThat(run.output(String.class)).isEqualTo("unmarked");
    }

    @Test
    void aRunWhoseVersionIsNotDeployedWaitsForIt() {
        TestEngine engine = TestEngine.with(new Changing(this::original));
        TestRun run = sleeping(engine);
        engine.undeploy("changing", 1);
        engine.advance(Duration.ofDays(1));
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        assertThat(run.stage("main").error().code()).isEqualTo("WORKFLOW_NOT_FOUND");

        engine.deploy(new Changing(this::original));
        engine.runUntilIdle();

        assertThat(run.output(String.class)).isEqualTo("original");
    }

    @Test
    void timeRandomnessAndIdsAreTheSameAtEveryReplay() {
        List<String> seen = new ArrayList<>();
        Body body = ctx -> {
            Instant begun = ctx.now();
            UUID id = ctx.uuid();
            int number = ctx.random().nextInt(1_000_000);
            int other = ctx.random().nextInt(1_000_000);
            step(ctx, "a");
            ctx.sleep(Duration.ofHours(3));
            Instant woken = ctx.now();
            seen.add(begun + " " + id + " " + number + " " + other + " " + woken);
            step(ctx, "b");
            ctx.sleep(Duration.ofHours(3));
            return woken + "";
        };
        TestEngine engine = TestEngine.with(new Changing(body)).crashAfter("b", 3);
        Instant start = engine.clock().now();
        TestRun run = sleeping(engine);
        engine.advance(Duration.ofHours(6));

        assertThat(run.output(String.class))
                .isEqualTo(start.plus(Duration.ofHours(3)).toString());
        assertThat(seen).hasSize(5).containsOnly(seen.get(0));
        TestRun other = sleeping(engine);
        engine.advance(Duration.ofHours(6));
        assertThat(other.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(seen.get(5)).as("another run draws other numbers").isNotEqualTo(seen.get(0));
    }

    @Test
    void swallowingEverythingDoesNotKeepTheCodeFromBeingSuspended() {
        TestEngine engine = TestEngine.with(new Changing(ctx -> {
            try {
                ctx.sleep(Duration.ofHours(1));
            } catch (Throwable everything) {
                step(ctx, "not now");
            }
            return "woken";
        }));
        TestRun run = sleeping(engine);
        engine.advance(Duration.ofHours(1));

        assertThat(run.output(String.class)).isEqualTo("woken");
        assertThat(effects.all()).isEmpty();
    }
}
