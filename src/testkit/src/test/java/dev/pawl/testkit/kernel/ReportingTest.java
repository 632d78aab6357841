package dev.pawl.testkit.kernel;

import static dev.pawl.testkit.kernel.Cluster.execute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.Outcome;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.ReportStep;
import dev.pawl.engine.command.TakeWork;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.work.WorkerSettings;
import dev.pawl.testkit.InMemoryNode;
import dev.pawl.testkit.TestEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How results reach the store when many come at once and when something goes wrong on the way. */
class ReportingTest {

    private static final int STEPS = 6;
    private static final WorkerSettings ONE_DESK = new WorkerSettings(STEPS, TestEngine.LEASE, 64, 1);

    /** All steps return at the same moment. */
    private final CyclicBarrier together = new CyclicBarrier(STEPS);

    private final Cluster cluster = new Cluster(
            Flows.line("together", TextStage.of("a", (context, input) -> {
                together.await(20, TimeUnit.SECONDS);
                return input;
            })),
            Flows.line("line", "a", "b"));

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    @Tag("K-12")
    void reportsThatComeWhileOneIsWrittenAreWrittenTogether() {
        List<Integer> batches = new CopyOnWriteArrayList<>();
        InMemoryNode node = cluster.node("node", ONE_DESK, bus -> new DisturbedBus(bus) {
            @Override
            public List<Outcome<?>> executeTogether(List<? extends Envelope<?>> envelopes) {
                batches.add(envelopes.size());
                return bus.executeTogether(envelopes);
            }
        });

        List<RunId> runs = startUntil(() -> batches.stream().anyMatch(size -> size > 1), node);

        assertCompleted(runs);
        assertThat(batches).anyMatch(size -> size > 1);
        assertThat(batches.stream().mapToInt(Integer::intValue).sum())
                .as("every report is written once")
                .isEqualTo(runs.size());
    }

    @Test
    void aRefusedReportLeavesNoOtherWithoutAnAnswer() {
        AtomicInteger refused = new AtomicInteger();
        InMemoryNode node = cluster.node("node", ONE_DESK, bus -> new DisturbedBus(bus) {
            @Override
            public List<Outcome<?>> executeTogether(List<? extends Envelope<?>> envelopes) {
                List<Outcome<?>> outcomes = new ArrayList<>(bus.executeTogether(envelopes));
                refused.incrementAndGet();
                outcomes.set(0, new Outcome.Refused<>(Refusal.of(RefusalCode.RUN_NOT_FOUND, "purged meanwhile")));
                return outcomes;
            }
        });

        List<RunId> runs = startUntil(() -> refused.get() > 0, node);

        assertThat(refused).hasPositiveValue();
        assertCompleted(runs);
    }

    @Test
    void aBatchThatFailsIsWrittenOneByOne() {
        AtomicInteger failed = new AtomicInteger();
        InMemoryNode node = cluster.node("node", ONE_DESK, bus -> new DisturbedBus(bus) {
            @Override
            public List<Outcome<?>> executeTogether(List<? extends Envelope<?>> envelopes) {
                failed.incrementAndGet();
                throw new IllegalStateException("one of " + envelopes.size() + " spoils all");
            }
        });

        List<RunId> runs = startUntil(() -> failed.get() > 0, node);

        assertThat(failed).hasPositiveValue();
        assertCompleted(runs);
    }

    @Test
    @Tag("K-13")
    void aShortOutageCostsNoAttempt() {
        AtomicInteger failures = new AtomicInteger();
        InMemoryNode node = cluster.node("node", ONE_DESK, bus -> new DisturbedBus(bus) {
            @Override
            public <R> Outcome<R> execute(Envelope<R> envelope) {
                failSome(envelope.command() instanceof ReportStep);
                return bus.execute(envelope);
            }

            @Override
            public List<Outcome<?>> executeTogether(List<? extends Envelope<?>> envelopes) {
                failSome(true);
                return bus.executeTogether(envelopes);
            }

            private void failSome(boolean isReport) {
                if (isReport && failures.incrementAndGet() <= 4) {
                    throw new IllegalStateException("the database does not answer");
                }
            }
        });

        RunId run = execute(node, Flows.create("line")).runId();
        cluster.awaitIdle();

        assertThat(failures).hasValueGreaterThan(4);
        assertCompleted(List.of(run));
        assertThat(cluster.view(run).stages()).allMatch(stage -> stage.attempt() == 1);
    }

    @Test
    void aReportThatWaitsForALockedRowDoesNotHoldUpTheOthers() {
        CountDownLatch unlocked = new CountDownLatch(1);
        CountDownLatch waits = new CountDownLatch(1);
        AtomicBoolean first = new AtomicBoolean(true);
        InMemoryNode node = cluster.node("node", ONE_DESK, bus -> new DisturbedBus(bus) {
            @Override
            public List<Outcome<?>> executeTogether(List<? extends Envelope<?>> envelopes) {
                if (first.getAndSet(false)) {
                    waits.countDown();
                    Cluster.await(unlocked);
                }
                return bus.executeTogether(envelopes);
            }
        });
        RunId held = execute(node, Flows.create("line")).runId();
        Cluster.await(waits);

        RunId other = execute(node, Flows.create("line")).runId();
        long end = System.nanoTime() + Cluster.LONGEST.toNanos();
        while (cluster.view(other).status() != RunStatus.COMPLETED && System.nanoTime() < end) {
            Thread.onSpinWait();
        }

        assertCompleted(List.of(other));
        assertThat(cluster.view(held).status()).isEqualTo(RunStatus.RUNNING);
        unlocked.countDown();
        cluster.awaitIdle();
        assertCompleted(List.of(held));
    }

    @Test
    @Tag("K-16")
    void aStepNoThreadCouldBeFoundForGivesItsPlaceBack() {
        AtomicBoolean reject = new AtomicBoolean();
        AtomicInteger rejections = new AtomicInteger();
        InMemoryNode node = cluster.node(
                "node",
                new WorkerSettings(1, TestEngine.LEASE, 1, 1),
                bus -> new DisturbedBus(bus) {
                    @Override
                    public <R> Outcome<R> execute(Envelope<R> envelope) {
                        Outcome<R> outcome = super.execute(envelope);
                        boolean taken = outcome instanceof Outcome.Done<R> done
                                && done.value() instanceof TakeWork.Taken work
                                && !work.assignments().isEmpty();
                        reject.set(taken && rejections.get() == 0);
                        return outcome;
                    }
                },
                threads -> task -> {
                    if (reject.getAndSet(false)) {
                        rejections.incrementAndGet();
                        throw new RejectedExecutionException("every thread is busy");
                    }
                    threads.execute(task);
                });
        RunId run = execute(node, Flows.create("line")).runId();
        cluster.awaitIdle();
        assertThat(rejections).hasValue(1);
        assertThat(cluster.view(run).status()).isEqualTo(RunStatus.RUNNING);

        cluster.clock.advance(TestEngine.LEASE.plus(Duration.ofSeconds(1)));
        node.upkeep().reap();
        cluster.awaitIdle();

        assertCompleted(List.of(run));
    }

    /** Whether reports meet is up to the threads; among many they do. */
    private List<RunId> startUntil(BooleanSupplier met, InMemoryNode node) {
        List<RunId> runs = new ArrayList<>();
        for (int i = 0; i < 200 && !met.getAsBoolean(); i++) {
            for (int step = 0; step < STEPS; step++) {
                runs.add(execute(node, Flows.create("together")).runId());
            }
            cluster.awaitIdle();
        }
        return runs;
    }

    private void assertCompleted(List<RunId> runs) {
        assertThat(runs)
                .isNotEmpty()
                .allSatisfy(run -> assertThat(cluster.view(run).status()).isEqualTo(RunStatus.COMPLETED));
    }
}
