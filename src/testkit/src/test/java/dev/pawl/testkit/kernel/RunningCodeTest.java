package dev.pawl.testkit.kernel;

import static dev.pawl.testkit.kernel.Cluster.execute;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.api.Retry;
import dev.pawl.api.StageContext;
import dev.pawl.api.StageOptions;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.Outcome;
import dev.pawl.engine.command.TakeWork;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepStatus;
import dev.pawl.engine.query.EventView;
import dev.pawl.engine.query.LogView;
import dev.pawl.engine.query.RunView;
import dev.pawl.engine.query.RunView.StageView;
import dev.pawl.engine.work.GracefulStop;
import dev.pawl.engine.work.WorkerSettings;
import dev.pawl.testkit.InMemoryNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is seen of a step while its code runs, and what stops the code. */
class RunningCodeTest {

    private static final Duration A_BEAT = Duration.ofSeconds(2);

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicReference<Cluster> opened = new AtomicReference<>();

    @AfterEach
    void close() {
        goOn.countDown();
        opened.get().close();
    }

    @Test
    @Tag("K-12")
    void aRunningStepIsCommittedAndVisibleBeforeItsCodeStartsAndTheCodeHasNoTransaction() throws Exception {
        AtomicReference<RunView> seen = new AtomicReference<>();
        AtomicReference<Boolean> inTransaction = new AtomicReference<>();
        Cluster cluster = open(TextStage.of("look", (context, input) -> {
            Cluster self = opened.get();
            inTransaction.set(self.database.isInTransaction());
            RunId own = new RunId(context.run().id());
            try {
                seen.set(self.elsewhere(() -> self.view(own)).get());
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
            return input;
        }));

        execute(cluster.node("node"), Flows.create("flow"));
        cluster.awaitIdle();

        assertThat(inTransaction).hasValue(false);
        assertThat(seen.get().status()).isEqualTo(RunStatus.RUNNING);
        assertThat(seen.get().stages()).singleElement().satisfies(stage -> {
            assertThat(stage.status()).isEqualTo(StepStatus.RUNNING);
            assertThat(stage.attempt()).isEqualTo(1);
        });
    }

    @Test
    @Tag("K-12")
    void fiveStagesSleepAtOnce() {
        CyclicBarrier allFive = new CyclicBarrier(5);
        Cluster cluster = open(TextStage.of("sleeper", (context, input) -> {
            allFive.await(20, TimeUnit.SECONDS);
            return input;
        }));
        InMemoryNode node = cluster.node("node");
        List<RunId> runs = IntStream.range(0, 5)
                .mapToObj(i -> execute(node, Flows.create("flow")).runId())
                .toList();

        cluster.awaitIdle();

        assertThat(runs)
                .allSatisfy(run -> assertThat(cluster.view(run).status()).isEqualTo(RunStatus.COMPLETED));
    }

    @Test
    @Tag("D-07")
    void progressIsSeenWhileTheCodeRuns() {
        Cluster cluster = open(waiting(context -> {
            context.progress(1, 4);
            context.progress(0.75, "nearly there", Map.of("pages", 3));
        }));
        InMemoryNode node = cluster.node("node");
        RunId run = begin(node);

        beat(cluster, node);

        JsonNode expected =
                JsonCodec.parse("{\"progress\":0.75,\"message\":\"nearly there\",\"details\":{\"pages\":3}}");
        assertThat(stage(cluster, run).progress()).isEqualTo(expected);
        assertThat(cluster.events(run)).last().satisfies(event -> {
            assertThat(event.type()).isEqualTo("stage:progress");
            assertThat(event.payload().get("progress")).isEqualTo(expected);
        });

        goOn.countDown();
        cluster.awaitIdle();
        assertThat(cluster.view(run).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(stage(cluster, run).progress()).isEqualTo(expected);
    }

    @Test
    @Tag("D-07")
    void stepsOfATotalAreProgressToo() {
        Cluster cluster = open(TextStage.of("count", (context, input) -> {
            context.progress(1, 4);
            return input;
        }));
        RunId run = execute(cluster.node("node"), Flows.create("flow")).runId();
        cluster.awaitIdle();

        assertThat(stage(cluster, run).progress())
                .isEqualTo(JsonCodec.parse("{\"progress\":0.25,\"step\":1,\"total\":4}"));
    }

    @Test
    @Tag("D-06")
    void logLinesAreReadWhileTheCodeRunsAndNotTwice() {
        Cluster cluster = open(waiting(context -> {
            context.log().info("fetched", Map.of("bytes", 12));
            context.log().warn("slow");
        }));
        InMemoryNode node = cluster.node("node");
        RunId run = begin(node);

        beat(cluster, node);

        assertThat(cluster.logs(run)).extracting(LogView::message).containsExactly("fetched", "slow");
        LogView first = cluster.logs(run).get(0);
        assertThat(first.level()).isEqualTo("INFO");
        assertThat(first.stage()).isEqualTo("waiting");
        assertThat(first.attempt()).isEqualTo(1);
        assertThat(first.metadata()).isEqualTo(JsonCodec.parse("{\"bytes\":12}"));

        goOn.countDown();
        cluster.awaitIdle();
        assertThat(cluster.logs(run)).extracting(LogView::message).containsExactly("fetched", "slow", "going on");
    }

    @Test
    @Tag("D-06")
    void theLinesOfAFailedAttemptAreKept() {
        Cluster cluster = open(TextStage.of("failing", (context, input) -> {
                    context.log().error("about to fail");
                    throw new IllegalStateException("failed");
                })
                .with(Retry.none()));
        RunId run = execute(cluster.node("node"), Flows.create("flow")).runId();
        cluster.awaitIdle();

        assertThat(cluster.logs(run)).extracting(LogView::message).containsExactly("about to fail");
    }

    @Test
    @Tag("K-17")
    void codeThatOutlastsItsTimeoutIsInterruptedAndTriedAgain() {
        AtomicInteger attempts = new AtomicInteger();
        TextStage slow = TextStage.of("slow", (context, input) -> {
                    if (attempts.incrementAndGet() > 1) {
                        return input;
                    }
                    begun.countDown();
                    new CountDownLatch(1).await();
                    return input;
                })
                .with(new StageOptions(Retry.fixed(2, Duration.ofSeconds(5)), false, Duration.ofSeconds(10)));
        Cluster cluster = open(slow);
        InMemoryNode node = cluster.node("node");
        RunId run = begin(node);

        cluster.clock.advance(Duration.ofSeconds(10));
        node.heartbeat().beat();
        assertThat(stage(cluster, run).status()).isEqualTo(StepStatus.RUNNING);
        cluster.clock.advance(Duration.ofMillis(1));
        node.heartbeat().beat();
        cluster.awaitIdle();

        assertThat(stage(cluster, run).status()).isEqualTo(StepStatus.PENDING);
        assertThat(stage(cluster, run).error().message()).contains("ran longer than its timeout");
        cluster.clock.advance(Duration.ofSeconds(5));
        node.worker().wake();
        cluster.awaitIdle();
        assertThat(cluster.view(run).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(attempts).hasValue(2);
    }

    @Test
    @Tag("J-08")
    void aGracefulStopLetsRunningCodeFinishAndTakesNothingMore() throws Exception {
        Cluster cluster = open(waiting(context -> {}), TextStage.append("next"));
        InMemoryNode node = cluster.node("node");
        RunId run = begin(node);

        node.worker().close();
        Future<Boolean> stop = stopping(cluster, node);
        RunId late = execute(node, Flows.create("flow")).runId();
        goOn.countDown();
        assertThat(stop.get()).isTrue();
        cluster.awaitIdle();

        assertThat(stage(cluster, run).status()).isEqualTo(StepStatus.COMPLETED);
        assertThat(cluster.view(late).status()).isEqualTo(RunStatus.PENDING);
        cluster.node("heir").worker().wake();
        cluster.awaitIdle();
        assertThat(List.of(run, late))
                .allSatisfy(one -> assertThat(cluster.view(one).status()).isEqualTo(RunStatus.COMPLETED));
    }

    @Test
    @Tag("J-08")
    void aGracefulStopWaitsForWorkThatIsJustBeingTaken() throws Exception {
        Cluster cluster = open(TextStage.append("a"));
        InMemoryNode node = cluster.node("node", WorkerSettings.DEFAULT, bus -> new DisturbedBus(bus) {
            @Override
            public <R> Outcome<R> execute(Envelope<R> envelope) {
                if (envelope.command() instanceof TakeWork) {
                    begun.countDown();
                    Cluster.await(goOn);
                }
                return super.execute(envelope);
            }
        });
        RunId run = begin(node);

        Future<Boolean> stop = stopping(cluster, node);
        goOn.countDown();
        assertThat(stop.get()).isTrue();

        assertThat(cluster.view(run).status()).isEqualTo(RunStatus.COMPLETED);
    }

    private static Future<Boolean> stopping(Cluster cluster, InMemoryNode node) {
        return cluster.elsewhere(() -> {
            new GracefulStop(node.worker(), node.listeners()).stop(Cluster.LONGEST, Duration.ZERO);
            return true;
        });
    }

    @Test
    @Tag("J-08")
    void codeThatIsInterruptedByAGracefulStopIsHandedBackWithoutCountingAnAttempt() {
        AtomicInteger executed = new AtomicInteger();
        TextStage endless = TextStage.of("endless", (context, input) -> {
                    if (executed.incrementAndGet() > 1) {
                        return input;
                    }
                    begun.countDown();
                    new CountDownLatch(1).await();
                    return input;
                })
                .with(Retry.none());
        Cluster cluster = open(endless);
        InMemoryNode node = cluster.node("node");
        RunId run = begin(node);

        new GracefulStop(node.worker(), node.listeners()).stop(Duration.ZERO, Cluster.LONGEST);
        cluster.awaitIdle();

        assertThat(stage(cluster, run).status()).isEqualTo(StepStatus.PENDING);
        assertThat(stage(cluster, run).attempt()).isZero();
        cluster.node("heir").worker().wake();
        cluster.awaitIdle();
        assertThat(cluster.view(run).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(stage(cluster, run).attempt()).isEqualTo(1);
        assertThat(cluster.events(run)).extracting(EventView::type).doesNotContain("stage:retrying", "stage:failed");
    }

    private interface Telling {
        void tell(StageContext context);
    }

    private TextStage waiting(Telling telling) {
        return TextStage.of("waiting", (context, input) -> {
            telling.tell(context);
            begun.countDown();
            Cluster.await(goOn);
            context.log().info("going on");
            return input;
        });
    }

    private Cluster open(TextStage... stages) {
        opened.set(new Cluster(Flows.line("flow", stages)));
        return opened.get();
    }

    private RunId begin(InMemoryNode node) {
        RunId run = execute(node, Flows.create("flow")).runId();
        Cluster.await(begun);
        return run;
    }

    private static void beat(Cluster cluster, InMemoryNode node) {
        cluster.clock.advance(A_BEAT);
        node.heartbeat().beat();
    }

    private static StageView stage(Cluster cluster, RunId run) {
        return cluster.view(run).stages().get(0);
    }
}
