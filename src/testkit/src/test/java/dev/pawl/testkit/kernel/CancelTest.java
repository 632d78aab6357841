package dev.pawl.testkit.kernel;

import static dev.pawl.testkit.kernel.Cluster.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.api.Retry;
import dev.pawl.api.StageContext;
import dev.pawl.engine.command.Caller;
import dev.pawl.engine.command.CancelRun;
import dev.pawl.engine.command.CancelRun.Cancellation;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepStatus;
import dev.pawl.engine.query.EventView;
import dev.pawl.engine.query.LogView;
import dev.pawl.testkit.InMemoryNode;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("K-10")
class CancelTest {

    @Test
    void aPendingRunIsCancelledAndNeverBegins() {
        TestEngine engine = TestEngine.with(Flows.line("flow", "a"));
        TestRun run = engine.submit(Flows.create("flow"));

        Cancellation cancellation = run.cancel("not wanted");

        assertThat(cancellation).isEqualTo(new Cancellation(true, RunStatus.CANCELLED));
        assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(run.error()).contains(Failure.of("CANCELLED", "not wanted"));
        assertThat(run.executions("a")).isZero();
        assertThat(run.eventTypes()).containsExactly("workflow:created", "workflow:cancelled");
        assertThat(run.events().get(1).payload())
                .isEqualTo(JsonCodec.parse("{\"reason\":\"not wanted\",\"principal\":\"anonymous\"}"));
    }

    @Test
    void aRunThatWaitsForARetryIsCancelledWithItsStep() {
        TestEngine engine = TestEngine.with(Flows.line("flow", "a", "b")).failStage("a", 1, new IOException("no"));
        TestRun run = engine.start("flow", Flows.HELLO);

        run.cancel("not wanted");
        engine.advance(Duration.ofHours(1));

        assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(run.stage("a").status()).isEqualTo(StepStatus.CANCELLED);
        assertThat(run.executions("a")).isEqualTo(1);
        assertThat(run.view().waiting()).isEmpty();
    }

    @Test
    void aFinishedRunStaysAsItIs() {
        TestEngine engine = TestEngine.with(Flows.line("flow", "a"));
        TestRun run = engine.start("flow", Flows.HELLO);
        long version = run.view().version();

        assertThat(run.cancel("too late")).isEqualTo(new Cancellation(false, RunStatus.COMPLETED));
        assertThat(run.view().version()).isEqualTo(version);
        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void aRunOfAnotherTenantDoesNotExist() {
        TestEngine engine = TestEngine.with(Flows.line("flow", "a"));
        TestRun run = engine.submit(Flows.create("flow"));

        assertThatThrownBy(() -> engine.node()
                        .commands()
                        .execute(Envelope.of(new CancelRun(run.id(), null), new Caller("acme", "eve")))
                        .orThrow())
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.refusal().code()).isEqualTo(RefusalCode.RUN_NOT_FOUND));
        assertThat(run.status()).isEqualTo(RunStatus.PENDING);
    }

    @Test
    void runningCodeIsInterruptedAndItsLateResultDiscarded() {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean flag = new AtomicBoolean();
        TextStage patient = TextStage.of("patient", (context, input) -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                flag.set(context.isCancelled());
            }
            return new Text("finished all the same");
        });
        try (Cluster cluster = new Cluster(Flows.line("flow", patient, TextStage.append("b")))) {
            RunId run = cancelWhileRunning(cluster, begun);

            assertThat(flag).isTrue();
            assertDiscarded(cluster, run, "patient");
        }
    }

    @Test
    void codeThatThrowsBecauseItWasCancelledIsNotRetried() {
        CountDownLatch begun = new CountDownLatch(1);
        TextStage patient = TextStage.of("patient", (context, input) -> {
                    begun.countDown();
                    awaitCancel(context);
                    context.throwIfCancelled();
                    return input;
                })
                .with(Retry.fixed(5, Duration.ZERO));
        try (Cluster cluster = new Cluster(Flows.line("flow", patient, TextStage.append("b")))) {
            RunId run = cancelWhileRunning(cluster, begun);

            assertDiscarded(cluster, run, "patient");
            assertThat(cluster.view(run).stages().get(0).attempt()).isEqualTo(1);
        }
    }

    @Test
    void aCancellationOnAnotherServerIsNoticedWithTheNextHeartbeat() {
        CountDownLatch begun = new CountDownLatch(1);
        TextStage patient = TextStage.of("patient", (context, input) -> {
            begun.countDown();
            awaitCancel(context);
            return input;
        });
        try (Cluster cluster = new Cluster(Flows.line("flow", patient))) {
            InMemoryNode working = cluster.node("working");
            InMemoryNode other = cluster.node("other");
            other.worker().close();
            RunId run = execute(working, Flows.create("flow")).runId();
            Cluster.await(begun);
            execute(other, new CancelRun(run, "elsewhere"));

            cluster.clock.advance(Duration.ofSeconds(2));
            working.heartbeat().beat();
            cluster.awaitIdle();

            assertDiscarded(cluster, run, "patient");
        }
    }

    private static RunId cancelWhileRunning(Cluster cluster, CountDownLatch begun) {
        InMemoryNode node = cluster.node("node");
        RunId run = execute(node, Flows.create("flow")).runId();
        Cluster.await(begun);
        assertThat(execute(node, new CancelRun(run, "stop")).cancelled()).isTrue();
        cluster.awaitIdle();
        return run;
    }

    private static void assertDiscarded(Cluster cluster, RunId run, String stage) {
        assertThat(cluster.view(run).status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(cluster.view(run).stages()).singleElement().satisfies(step -> {
            assertThat(step.status()).isEqualTo(StepStatus.CANCELLED);
            assertThat(step.output()).isNull();
        });
        assertThat(cluster.events(run)).extracting(EventView::type).endsWith("workflow:cancelled");
        assertThat(cluster.logs(run))
                .filteredOn(line -> line.stage().equals(stage))
                .extracting(LogView::message)
                .anySatisfy(message -> assertThat(message).contains("late result was discarded", "CANCELLED"));
    }

    private static void awaitCancel(StageContext context) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            assertThat(context.isCancelled()).isTrue();
        }
    }
}
