package dev.pawl.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.api.NonRetryableException;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.command.RerunFrom;
import dev.pawl.engine.command.SweepBlobs;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.query.RunView;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("K-11")
class RerunTest {

    private static final String LARGE = "x".repeat(40_000);

    private final TestEngine engine = TestEngine.with(
            Flows.line("flow", "a", "b", "c"),
            Flows.line(
                    "costly",
                    TextStage.of("a", (context, input) -> {
                        context.usage(1, 10);
                        return input;
                    }),
                    TextStage.of("b", (context, input) -> {
                        context.usage(2, 20);
                        return new Text(LARGE + context.attempt());
                    })));

    @Test
    void theStageAndAllLaterOnesAreExecutedAgainAndEarlierOnesAreNot() {
        TestRun run = engine.start("flow", Flows.HELLO);

        RerunFrom.Rerun rerun = rerun(run, "b", null);
        engine.runUntilIdle();

        assertThat(rerun.attempt()).isEqualTo(2);
        assertThat(rerun.dropped()).containsExactly("b", "c");
        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.executions("a")).isEqualTo(1);
        assertThat(run.executions("b")).isEqualTo(2);
        assertThat(run.executions("c")).isEqualTo(2);
        assertThat(run.attempts("a")).isEqualTo(1);
        assertThat(run.attempts("b")).isEqualTo(2);
        assertThat(run.attempts("c")).isEqualTo(2);
        assertThat(run.output(Text.class)).isEqualTo(new Text("hello+a+b+c"));
    }

    @Test
    void eachRerunHasOneTerminalEventAndHistoryGoesOnWithoutAGap() {
        TestRun run = engine.start("flow", Flows.HELLO);
        rerun(run, "c", null);
        engine.runUntilIdle();

        assertThat(run.eventTypes().stream().filter("workflow:completed"::equals))
                .hasSize(2);
        assertThat(run.eventTypes()).contains("workflow:rerun");
        assertThat(run.events()).extracting(event -> event.sequence()).doesNotHaveDuplicates();
        assertThat(run.events().get(run.events().size() - 1).sequence())
                .isEqualTo(run.events().size());
    }

    @Test
    void aFailedRunIsRerunWithAllItsAttemptsAgain() {
        engine.failStage("b", 3, new IOException("down"));
        TestRun run = engine.start("flow", Flows.HELLO);
        engine.advance(Duration.ofMinutes(1));
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.attempts("b")).isEqualTo(3);

        engine.failStage("b", 2, new IOException("still down"));
        assertThat(rerun(run, "b", null).attempt()).isEqualTo(4);
        engine.advance(Duration.ofMinutes(1));

        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.attempts("b")).isEqualTo(6);
        assertThat(run.error()).isEmpty();
    }

    @Test
    void aCrashLoopAfterARerunEndsAfterAsManyAttemptsAsEver() {
        TestRun run = engine.start("flow", Flows.HELLO);
        rerun(run, "b", null);
        engine.crashAfter("b", 9).runUntilIdle();

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.attempts("b")).isEqualTo(4);
    }

    @Test
    void totalsAreThoseOfTheStagesThatStayedAndTheirBlobsAreSweptAfterTheCommit() {
        TestRun run = engine.start("costly", Flows.HELLO);
        assertThat(run.view().totals()).isEqualTo(new RunView.Totals(3, 30));
        String blob = "runs/" + run.id() + "/b/1";
        assertThat(engine.database().blobs().has(blob)).isTrue();

        rerun(run, "b", null);
        assertThat(run.view().totals()).isEqualTo(new RunView.Totals(1, 10));
        engine.runUntilIdle();
        assertThat(engine.execute(new SweepBlobs(10)).blobs()).isEqualTo(1);

        assertThat(engine.database().blobs().has(blob)).isFalse();
        assertThat(engine.database().blobs().has("runs/" + run.id() + "/b/2")).isTrue();
        assertThat(run.view().totals()).isEqualTo(new RunView.Totals(3, 30));
        assertThat(run.output(Text.class)).isEqualTo(new Text(LARGE + 2));
    }

    @Test
    void anEditedInputReplacesThatOfTheRunInTheFirstGroupAndTheOutputsBeforeInALaterOne() {
        TestRun run = engine.start("flow", Flows.HELLO);
        rerun(run, "b", new Text("edited"));
        engine.runUntilIdle();
        assertThat(run.output(Text.class)).isEqualTo(new Text("edited+b+c"));
        assertThat(run.view().input()).isEqualTo(JsonCodec.toTree(Flows.HELLO));

        rerun(run, "b", null);
        engine.runUntilIdle();
        assertThat(run.output(Text.class)).isEqualTo(new Text("hello+a+b+c"));

        rerun(run, "a", new Text("other"));
        engine.runUntilIdle();
        assertThat(run.output(Text.class)).isEqualTo(new Text("other+a+b+c"));
        assertThat(run.view().input()).isEqualTo(JsonCodec.toTree(new Text("other")));
    }

    @Test
    void whatCannotBeRerunIsRefusedAndStaysAsItWas() {
        TestRun run = engine.start("flow", Flows.HELLO);
        assertRefused(run, "z", null, RefusalCode.STAGE_NOT_FOUND);
        assertThatThrownBy(() -> engine.execute(
                        new RerunFrom(run.id(), "b", JsonCodec.object().put("value", "not!allowed"), false)))
                .isInstanceOfSatisfying(RefusedException.class, e -> {
                    assertThat(e.refusal().code()).isEqualTo(RefusalCode.INVALID_INPUT);
                    assertThat(e.refusal().errors()).first().satisfies(error -> assertThat(error.pointer())
                            .startsWith("/input"));
                });
        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.attempts("b")).isEqualTo(1);

        engine.failStage("a", 1, new NonRetryableException("NO", "never"));
        TestRun failed = engine.start("flow", Flows.HELLO);
        assertRefused(failed, "c", null, RefusalCode.STAGE_NOT_EXECUTED);

        TestRun pending = engine.submit(Flows.create("flow"));
        assertRefused(pending, "a", null, RefusalCode.RUN_NOT_FINISHED);
    }

    @Test
    void aCancelledRunIsRerunOnlyWhenAskedTo() {
        engine.failStage("b", 1, new IOException("later"));
        TestRun run = engine.start("flow", Flows.HELLO);
        run.cancel("no more");
        assertRefused(run, "b", null, RefusalCode.RUN_CANCELLED);

        engine.execute(new RerunFrom(run.id(), "b", null, true));
        engine.runUntilIdle();

        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
    }

    private RerunFrom.Rerun rerun(TestRun run, String stage, @Nullable Text input) {
        return engine.execute(new RerunFrom(run.id(), stage, input == null ? null : JsonCodec.toTree(input), false));
    }

    private void assertRefused(TestRun run, String stage, @Nullable Text input, RefusalCode code) {
        assertThatThrownBy(() -> rerun(run, stage, input))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.refusal().code()).isEqualTo(code));
    }
}
