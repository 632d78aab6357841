package dev.pawl.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.engine.command.PauseRun;
import dev.pawl.engine.command.PauseRun.Paused;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.query.RunView;
import dev.pawl.testkit.InMemoryNode;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("K-34")
class PauseTest {

    private final TestEngine engine = TestEngine.with(Flows.line("flow", "a", "b"));

    @Test
    void aPausedPendingRunIsNotStartedUntilItIsResumed() {
        TestRun run = engine.submit(Flows.create("flow"));

        run.pause();
        assertThat(run.status()).isEqualTo(RunStatus.PENDING);
        assertThat(run.view().paused()).isTrue();
        assertThat(run.view().waiting()).extracting(RunView.Waiting::reason).containsExactly("PAUSED");
        run.resume();

        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.eventTypes()).startsWith("workflow:created", "workflow:paused", "workflow:resumed");
    }

    @Test
    void aResumedRunIsTakenUpWithoutWaitingForATimer() {
        try (Cluster cluster = new Cluster(Flows.line("flow", "a"))) {
            InMemoryNode idle = cluster.node("idle");
            idle.worker().close();
            RunId run = Cluster.execute(idle, Flows.create("flow")).runId();
            Cluster.execute(idle, new PauseRun(run, true));
            InMemoryNode node = cluster.node("node");

            Cluster.execute(node, new PauseRun(run, false));
            cluster.awaitIdle();

            assertThat(cluster.view(run).status()).isEqualTo(RunStatus.COMPLETED);
        }
    }

    @Test
    void aPausedRunStartsNoRetryAndLosesNone() {
        engine.failStage("a", 1, new IOException("no"));
        TestRun run = engine.start("flow", Flows.HELLO);
        run.pause();

        engine.advance(Duration.ofHours(1));
        assertThat(run.executions("a")).isEqualTo(1);
        run.resume();

        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.attempts("a")).isEqualTo(2);
    }

    @Test
    void aStepThatRunsWhileItsRunIsPausedEndsAsUsualAndOpensTheNext() {
        TestRun run = engine.submit(Flows.create("flow"));
        var running = Steps.take(engine.node(), 1).get(0);
        engine.execute(new PauseRun(run.id(), true));

        Steps.succeed(engine.node(), running, "{\"value\":\"x\"}");
        engine.runUntilIdle();
        assertThat(run.executions("b")).isZero();
        assertThat(run.attempts("a")).isEqualTo(1);
        run.resume();

        assertThat(run.output(Text.class)).isEqualTo(new Text("x+b"));
    }

    @Test
    void pausingTwiceChangesNothing() {
        TestRun run = engine.submit(Flows.create("flow"));

        assertThat(engine.execute(new PauseRun(run.id(), true))).isEqualTo(new Paused(true, true));
        assertThat(engine.execute(new PauseRun(run.id(), true))).isEqualTo(new Paused(true, false));
        assertThat(run.eventTypes()).containsExactly("workflow:created", "workflow:paused");
    }

    @Test
    void aFinishedRunCanBeNeitherPausedNorResumed() {
        TestRun run = engine.start("flow", Flows.HELLO);

        assertThatThrownBy(run::pause).isInstanceOfSatisfying(RefusedException.class, e -> assertThat(
                        e.refusal().code())
                .isEqualTo(RefusalCode.RUN_FINISHED));
    }

    @Test
    @Tag("K-10")
    void aPausedRunCanBeCancelled() {
        TestRun run = engine.submit(Flows.create("flow"));
        run.pause();

        assertThat(run.cancel("no").cancelled()).isTrue();
        assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
    }
}
