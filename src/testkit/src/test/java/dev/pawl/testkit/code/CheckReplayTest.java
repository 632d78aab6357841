package dev.pawl.testkit.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.api.CodeWorkflow;
import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.EventType;
import dev.pawl.api.None;
import dev.pawl.api.WorkflowContext;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.work.code.ReplayReport;
import dev.pawl.engine.work.code.ReplayReport.Breach;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("W-03")
class CheckReplayTest {

    static final EventType<String> GO = EventType.of("go", String.class);

    private final Effects effects = new Effects();

    /** Code by hand: what a deployment has under a name and version. */
    private interface Code {
        String run(WorkflowContext ctx);
    }

    private record Scripted(Code code) implements DurableWorkflow<None, String> {
        @Override
        public String run(WorkflowContext ctx, None nothing) {
            return code.run(ctx);
        }
    }

    private static CodeWorkflow<?, ?> version(int version, Code code) {
        return new CodeWorkflow<>("order", version, "", Scripted.class, () -> new Scripted(code));
    }

    private String old(WorkflowContext ctx) {
        ctx.step("reserve", () -> effects.happen("reserve"));
        ctx.parallel("both", List.of(branch -> branch.step("left", Integer.class, () -> 1), branch -> {
            branch.sleep(Duration.ofDays(1));
            return 2;
        }));
        ctx.transaction("book", () -> effects.happen("book"));
        ctx.waitFor(GO, "x", Duration.ofDays(30));
        ctx.step("ship", () -> effects.happen("ship"));
        return "shipped";
    }

    private TestEngine withOpenRuns() {
        TestEngine engine = TestEngine.with(version(1, this::old));
        engine.start("order", None.NONE);
        engine.advance(Duration.ofDays(1));
        engine.start("order", None.NONE);
        return engine;
    }

    @Test
    void codeThatFitsAllHistoriesBreaksNone() {
        TestEngine engine = withOpenRuns();

        assertThat(engine.checkReplay("order")).isEqualTo(new ReplayReport("order", 2, List.of(), null));
    }

    @Test
    void nothingIsWrittenAndNoStepRuns() {
        TestEngine engine = withOpenRuns();
        List<String> before = effects.all();
        TestRun run = engine.start("order", None.NONE);
        int events = run.events().size();
        long version = run.view().version();
        int steps = run.steps().size();
        List<String> atStart = effects.all();
        engine.clock().set(engine.clock().now().plus(Duration.ofDays(40)));

        engine.checkReplay("order");

        assertThat(effects.all()).isEqualTo(atStart).hasSizeGreaterThan(before.size());
        assertThat(run.events()).hasSize(events);
        assertThat(run.view().version()).isEqualTo(version);
        assertThat(run.steps()).hasSize(steps);
    }

    @Test
    void whatWouldBeParkedIsNamedWithItsReason() {
        TestEngine engine = withOpenRuns();
        engine.deploy(version(2, ctx -> {
            ctx.step("reserve", () -> effects.happen("reserve"));
            ctx.step("check-credit", () -> effects.happen("check"));
            return "x";
        }));

        ReplayReport report = engine.checkReplay("order", 2);

        assertThat(report.checked()).isEqualTo(2);
        assertThat(report.breaking()).hasSize(2).allSatisfy(breach -> {
            assertThat(breach.code()).isEqualTo("NONDETERMINISM");
            assertThat(breach.version()).isEqualTo(1);
            assertThat(breach.message()).contains(breach.runId(), "fork 'both#1'", "step 'check-credit#1'");
        });
        assertThat(engine.checkReplay("order").breaking())
                .as("version 1 still fits")
                .isEmpty();
    }

    @Test
    void onlyHistoriesThatCameToTheChangeBreak() {
        TestEngine engine = withOpenRuns();
        engine.deploy(version(2, ctx -> {
            ctx.step("reserve", () -> effects.happen("reserve"));
            ctx.parallel("both", List.of(branch -> branch.step("left", Integer.class, () -> 1), branch -> {
                branch.sleep(Duration.ofDays(1));
                return 2;
            }));
            ctx.transaction("invoice", () -> effects.happen("invoice"));
            return "x";
        }));

        List<Breach> breaking = engine.checkReplay("order", 2).breaking();

        assertThat(breaking).singleElement().satisfies(breach -> assertThat(breach.message())
                .contains("transaction 'book#1'", "transaction 'invoice#1'"));
    }

    @Test
    void aMarkedChangeBreaksNothing() {
        TestEngine engine = withOpenRuns();
        engine.deploy(version(2, ctx -> {
            if (ctx.changed("credit")) {
                ctx.step("check-credit", () -> effects.happen("check"));
            }
            return old(ctx);
        }));

        assertThat(engine.checkReplay("order", 2).breaking()).isEmpty();
    }

    @Test
    void codeThatThrowsWhereItsRunsWaitBreaksThemToo() {
        TestEngine engine = withOpenRuns();
        engine.deploy(version(2, ctx -> {
            throw new IllegalStateException("not configured");
        }));
        engine.deploy(version(3, ctx -> {
            old(ctx);
            throw new IllegalStateException("later");
        }));

        assertThat(engine.checkReplay("order", 2).breaking())
                .as("it ends without asking for what is recorded")
                .extracting(Breach::code)
                .containsExactly("NONDETERMINISM", "NONDETERMINISM");
        assertThat(engine.checkReplay("order", 3).breaking()).isEmpty();
    }

    @Test
    void runsOfAVersionThatIsGoneHaveNoCode() {
        TestEngine engine = withOpenRuns();
        engine.deploy(version(2, this::old));
        engine.undeploy("order", 1);

        assertThat(engine.checkReplay("order").breaking())
                .hasSize(2)
                .extracting(Breach::code)
                .containsOnly("WORKFLOW_NOT_FOUND");
    }

    @Test
    void finishedRunsAreNotReplayedAndUnknownCodeIsRefused() {
        TestEngine engine = withOpenRuns();
        engine.publish(GO, "x", "now");
        engine.advance(Duration.ofDays(60));

        assertThat(engine.checkReplay("order").checked()).isZero();
        assertThatThrownBy(() -> engine.checkReplay("nothing")).isInstanceOf(RefusedException.class);
    }

    @Test
    void aParkedRunShowsUpUntilItsCodeIsMended() {
        TestEngine engine = TestEngine.with(version(1, this::old));
        TestRun run = engine.start("order", None.NONE);
        engine.deploy(version(1, ctx -> ctx.step("other", String.class, () -> "x")));
        engine.advance(Duration.ofDays(1));
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        assertThat(engine.checkReplay("order").breaking()).hasSize(1);

        engine.deploy(version(1, this::old));

        assertThat(engine.checkReplay("order").breaking()).isEmpty();
    }
}
