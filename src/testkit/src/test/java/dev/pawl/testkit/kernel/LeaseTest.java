package dev.pawl.testkit.kernel;

import static dev.pawl.testkit.kernel.Cluster.execute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.api.Retry;
import dev.pawl.api.StageOptions;
import dev.pawl.engine.command.Assignment;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.ExtendLeases;
import dev.pawl.engine.command.Outcome;
import dev.pawl.engine.command.ReportProgress;
import dev.pawl.engine.command.ReportStep.Receipt;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepStatus;
import dev.pawl.engine.model.WorkerId;
import dev.pawl.engine.port.StoreUnavailableException;
import dev.pawl.engine.query.LogView;
import dev.pawl.engine.query.RunView;
import dev.pawl.engine.work.WorkerSettings;
import dev.pawl.testkit.InMemoryNode;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestEngine.AfterCrash;
import dev.pawl.testkit.TestRun;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LeaseTest {

    private static final Duration JUST_OVER_A_LEASE = TestEngine.LEASE.plusMillis(1);

    @Nested
    @Tag("K-15")
    class Fencing {

        private final TestEngine engine = TestEngine.with(Flows.line("flow", "a", "b"));
        private final InMemoryNode node = engine.node();
        private final RunId run = engine.submit(Flows.create("flow")).id();
        private final Assignment stale =
                Steps.take(node, new WorkerId("zombie", "1"), 1).get(0);

        @Test
        void aWorkerThatLostItsStepCannotCompleteIt() {
            Assignment current = leaseToAnother();

            assertDiscarded(Steps.succeed(node, stale, "{\"value\":\"zombie\"}"));
            assertThat(Steps.succeed(node, current, "{\"value\":\"right\"}")).isInstanceOf(Receipt.Accepted.class);

            engine.runUntilIdle();
            assertThat(new TestRunOf(engine, run).output()).isEqualTo("{\"value\":\"right+b\"}");
        }

        @Test
        void aWorkerThatLostItsStepCannotFailIt() {
            leaseToAnother();

            assertDiscarded(Steps.fail(node, stale, Optional.empty()));
            assertThat(view().status()).isEqualTo(RunStatus.RUNNING);
        }

        @Test
        void aWorkerThatLostItsStepCannotTellItsProgress() {
            Assignment current = leaseToAnother();

            assertThat(progress(stale)).isFalse();
            assertThat(view().stages().get(0).progress()).isNull();
            assertThat(progress(current)).isTrue();
            assertThat(view().stages().get(0).progress()).hasToString("{\"progress\":0.5}");
        }

        @Test
        void aLeaseThatRanOutAndWasTakenBackIsNotExtended() {
            engine.clock().advance(JUST_OVER_A_LEASE);
            node.upkeep().reap();

            assertThat(execute(node, new ExtendLeases(new WorkerId("zombie", "1"), Steps.LEASE))
                            .steps())
                    .isEmpty();
        }

        @Test
        void aRefusedReportIsRecordedInTheRunsLog() {
            leaseToAnother();
            Steps.succeed(node, stale, "{\"value\":\"zombie\"}");

            assertThat(engine.database()
                            .queries()
                            .logs(run, Optional.empty(), 10)
                            .items())
                    .extracting(LogView::message)
                    .singleElement()
                    .asString()
                    .contains("late result was discarded", "zombie#1");
        }

        @Test
        void aReportBroughtTwiceCountsOnce() {
            assertThat(Steps.succeed(node, stale, "{\"value\":\"once\"}")).isInstanceOf(Receipt.Accepted.class);
            assertDiscarded(Steps.succeed(node, stale, "{\"value\":\"twice\"}"));

            engine.runUntilIdle();
            assertThat(new TestRunOf(engine, run).output()).isEqualTo("{\"value\":\"once+b\"}");
        }

        @Test
        void aLateReportWithinItsLeaseIsAccepted() {
            engine.clock().advance(TestEngine.LEASE);
            node.upkeep().reap();

            assertThat(Steps.succeed(node, stale, "{\"value\":\"late\"}")).isInstanceOf(Receipt.Accepted.class);
        }

        private Assignment leaseToAnother() {
            engine.clock().advance(JUST_OVER_A_LEASE);
            assertThat(node.upkeep().reap()).isEqualTo(1);
            Assignment current = Steps.take(node, new WorkerId("heir", "1"), 1).get(0);
            assertThat(current.key()).isEqualTo(stale.key());
            assertThat(current.lease().token()).isNotEqualTo(stale.lease().token());
            assertThat(current.attempt()).isEqualTo(2);
            return current;
        }

        private boolean progress(Assignment assignment) {
            return execute(
                            node,
                            new ReportProgress(
                                    assignment.key(), assignment.lease().token(), "{\"progress\":0.5}"))
                    .noted();
        }

        private RunView view() {
            return engine.database().queries().find("default", run).orElseThrow();
        }

        private void assertDiscarded(Receipt receipt) {
            assertThat(receipt).isInstanceOf(Receipt.Discarded.class);
        }
    }

    /** Reads a run made without a {@link TestRun}. */
    private record TestRunOf(TestEngine engine, RunId run) {
        String output() {
            return String.valueOf(engine.database()
                    .queries()
                    .find("default", run)
                    .orElseThrow()
                    .output());
        }
    }

    @Nested
    @Tag("K-16")
    class StaleLeases {

        @Test
        void theStepOfADeadServerGoesToAnotherWhenItsLeaseHasRunOut() {
            TestEngine engine = TestEngine.with(Flows.line("flow", "a", "b"))
                    .crashAfter("a")
                    .afterCrash(AfterCrash.LEASE_RUNS_OUT);
            TestRun run = engine.start("flow", Flows.HELLO);
            assertThat(run.attempts("a")).isEqualTo(1);

            engine.advance(TestEngine.LEASE);
            assertThat(run.executions("a")).isEqualTo(1);
            engine.advance(Duration.ofMillis(1));

            assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(run.executions("a")).isEqualTo(2);
            assertThat(run.executions("b")).isEqualTo(1);
            assertThat(run.eventTypes())
                    .containsExactly(
                            "workflow:created",
                            "workflow:started",
                            "stage:started",
                            "stage:retrying",
                            "stage:completed",
                            "stage:started",
                            "stage:completed",
                            "workflow:completed");
        }

        @Test
        void aServerThatStartsAgainGoesOnAtOnce() {
            TestEngine engine = TestEngine.with(Flows.line("flow", "a", "b")).crashBefore("b");

            TestRun run = engine.start("flow", Flows.HELLO);

            assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(run.executions("a")).isEqualTo(1);
            assertThat(run.executions("b")).isEqualTo(1);
            assertThat(run.attempts("b")).isEqualTo(2);
        }

        @Test
        void aServerThatStartsAgainLeavesTheStepsOfOthersAlone() {
            TestEngine engine = TestEngine.with(Flows.line("flow", "a"));
            engine.submit(Flows.create("flow"));
            Assignment elsewhere =
                    Steps.take(engine.node(), new WorkerId("node-10", "1"), 1).get(0);

            assertThat(engine.node().upkeep().reclaim()).isZero();

            assertThat(Steps.succeed(engine.node(), elsewhere, "{\"value\":\"x\"}"))
                    .isInstanceOf(Receipt.Accepted.class);
        }

        @Test
        void aCrashLoopEndsAfterTheAllowedAttempts() {
            for (AfterCrash after : AfterCrash.values()) {
                TestEngine engine = TestEngine.with(
                                Flows.line("flow", TextStage.append("a").with(Retry.fixed(4, Duration.ZERO))))
                        .crashBefore("a", 100)
                        .afterCrash(after);
                TestRun run = engine.start("flow", Flows.HELLO);

                engine.advance(Duration.ofHours(1));

                assertThat(run.status()).isEqualTo(RunStatus.FAILED);
                assertThat(run.attempts("a")).isEqualTo(4);
                assertThat(run.error()).map(Failure::code).contains("LEASE_EXPIRED");
                assertThat(run.error()).map(Failure::stage).contains("a");
                assertThat(run.eventTypes()).endsWith("stage:retrying", "stage:failed", "workflow:failed");
            }
        }

        @Test
        void crashesAndFailuresUseUpTheSameAttempts() {
            TestEngine engine = TestEngine.with(Flows.line("flow", "a"))
                    .crashAfter("a", 1)
                    .failStage("a", 1, new IllegalStateException("first"));
            TestRun run = engine.start("flow", Flows.HELLO);
            engine.advance(Duration.ofSeconds(10));
            assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);

            TestRun next = engine.crashBefore("a", 2)
                    .failStage("a", 1, new IllegalStateException("last"))
                    .start("flow", Flows.HELLO);
            engine.advance(Duration.ofSeconds(10));
            assertThat(next.error()).map(Failure::message).contains("java.lang.IllegalStateException: last");
        }

        @Test
        void aHeartbeatKeepsALeaseForAsLongAsTheCodeRuns() {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            AtomicInteger executed = new AtomicInteger();
            TextStage slow = TextStage.of("slow", (context, input) -> {
                executed.incrementAndGet();
                begun.countDown();
                Cluster.await(goOn);
                return input;
            });
            try (Cluster cluster = new Cluster(Flows.line("flow", slow))) {
                InMemoryNode node = cluster.node("node");
                InMemoryNode other = cluster.node("other");
                RunId run = execute(node, Flows.create("flow")).runId();
                Cluster.await(begun);

                for (int i = 0; i < 24 * 60; i++) { // four hours
                    cluster.clock.advance(Duration.ofSeconds(10));
                    node.heartbeat().beat();
                    assertThat(other.upkeep().reap()).isZero();
                }
                goOn.countDown();
                cluster.awaitIdle();

                assertThat(cluster.view(run).status()).isEqualTo(RunStatus.COMPLETED);
                assertThat(cluster.view(run).stages().get(0).attempt()).isEqualTo(1);
                assertThat(executed).hasValue(1);
            }
        }

        @Test
        void codeThatLostItsLeaseIsStoppedWithTheNextHeartbeat() {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch stopped = new CountDownLatch(1);
            TextStage slow = TextStage.of("slow", (context, input) -> {
                if (context.attempt() > 1) {
                    return input;
                }
                begun.countDown();
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    assertThat(context.isCancelled()).isTrue();
                    stopped.countDown();
                }
                return new Text("zombie");
            });
            try (Cluster cluster = new Cluster(Flows.line("flow", slow))) {
                InMemoryNode node = cluster.node("node");
                RunId run = execute(node, Flows.create("flow")).runId();
                Cluster.await(begun);
                cluster.clock.advance(JUST_OVER_A_LEASE);
                InMemoryNode other = cluster.node("other");
                other.worker().close();
                other.upkeep().reap();
                Assignment heir = Steps.take(other, 1).get(0);

                node.heartbeat().beat();
                Cluster.await(stopped);
                cluster.awaitIdle();
                Steps.succeed(other, heir, "{\"value\":\"heir\"}");

                assertThat(cluster.view(run).output()).hasToString("{\"value\":\"heir\"}");
            }
        }

        @Test
        void aLeaseItsWorkerNeverLearnedOfIsTakenBackThoughTheWorkerIsBusy() {
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            TextStage slow = TextStage.of("slow", (context, input) -> {
                begun.countDown();
                Cluster.await(goOn);
                return input;
            });
            try (Cluster cluster = new Cluster(Flows.line("busy", slow), Flows.line("lost", TextStage.append("a")))) {
                InMemoryNode node = cluster.node("node");
                RunId busy = execute(node, Flows.create("busy")).runId();
                Cluster.await(begun);
                InMemoryNode other = cluster.node("other");
                other.worker().close();
                node.worker().close();
                RunId lost = execute(other, Flows.create("lost")).runId();
                assertThat(Steps.take(node, node.worker().id(), 1))
                        .as("leased in the name of a worker that does not hear of it")
                        .hasSize(1);

                int beats = 0;
                while (cluster.view(lost).stages().get(0).status() == StepStatus.RUNNING && beats < 10) {
                    cluster.clock.advance(Duration.ofSeconds(11));
                    node.heartbeat().beat();
                    beats++;
                }
                goOn.countDown();
                cluster.awaitIdle();

                assertThat(cluster.view(lost).stages().get(0).status()).isEqualTo(StepStatus.PENDING);
                assertThat(cluster.view(lost).stages().get(0).attempt())
                        .as("nothing was begun")
                        .isZero();
                assertThat(cluster.view(busy).status())
                        .as("the step that does run kept its lease")
                        .isEqualTo(RunStatus.COMPLETED);
            }
        }

        @Test
        void aStepLeasedByAReportWhoseAnswerWasLostIsDoneWithinSecondsAndWithoutLosingAnAttempt() {
            assertSecondStageIsDoneWithinSecondsAfter(TextStage.append("a"));
        }

        @Test
        void aStepLeasedByATransactionOfUserCodeWhoseAnswerWasLostIsDoneWithinSecondsAndWithoutLosingAnAttempt() {
            assertSecondStageIsDoneWithinSecondsAfter(TextStage.append("a").with(StageOptions.transactional()));
        }

        private static void assertSecondStageIsDoneWithinSecondsAfter(TextStage first) {
            try (Cluster cluster =
                    new Cluster(Flows.line("flow", first, TextStage.append("b").with(Retry.fixed(1, Duration.ZERO))))) {
                InMemoryNode node = cluster.node("node", WorkerSettings.DEFAULT, FirstAnswerIsLost::new);
                RunId run = execute(node, Flows.create("flow")).runId();
                cluster.awaitIdle();
                assertThat(cluster.view(run).stages().get(1).status()).isEqualTo(StepStatus.RUNNING);

                for (int i = 0; i < 5; i++) {
                    cluster.clock.advance(Duration.ofSeconds(1));
                    node.heartbeat().beat();
                }
                node.worker().wake();
                cluster.awaitIdle();

                assertThat(cluster.view(run).status()).isEqualTo(RunStatus.COMPLETED);
                assertThat(cluster.view(run).stages().get(1).attempt()).isEqualTo(1);
            }
        }

        /** The first report is committed, and nobody learns of it. */
        private static final class FirstAnswerIsLost extends DisturbedBus {

            private final AtomicBoolean lost = new AtomicBoolean();

            FirstAnswerIsLost(CommandBus bus) {
                super(bus);
            }

            @Override
            public List<Outcome<?>> executeTogether(List<? extends Envelope<?>> envelopes) {
                List<Outcome<?>> outcomes = super.executeTogether(envelopes);
                loseTheFirst();
                return outcomes;
            }

            @Override
            public <T, R> Outcome<R> executeWith(Supplier<T> work, Function<T, Envelope<R>> report, Predicate<R> keep) {
                Outcome<R> outcome = super.executeWith(work, report, keep);
                loseTheFirst();
                return outcome;
            }

            private void loseTheFirst() {
                if (lost.compareAndSet(false, true)) {
                    throw new StoreUnavailableException(new IllegalStateException("the connection broke"));
                }
            }
        }

        @Test
        void anHeirOnTheSameWorkerKeepsItsLeaseWhenTheOneThatLostItEnds() {
            List<CountDownLatch> begun = List.of(new CountDownLatch(1), new CountDownLatch(1));
            List<CountDownLatch> goOn = List.of(new CountDownLatch(1), new CountDownLatch(1));
            TextStage slow = TextStage.of("slow", (context, input) -> {
                begun.get(context.attempt() - 1).countDown();
                Cluster.await(goOn.get(context.attempt() - 1));
                return input;
            });
            try (Cluster cluster = new Cluster(Flows.line("flow", slow))) {
                InMemoryNode node = cluster.node("node");
                RunId run = execute(node, Flows.create("flow")).runId();
                Cluster.await(begun.get(0));
                cluster.clock.advance(JUST_OVER_A_LEASE);
                assertThat(node.upkeep().reap()).isEqualTo(1);
                node.worker().wake();
                Cluster.await(begun.get(1));
                goOn.get(0).countDown();
                while (node.worker().running().count() > 1) {
                    Thread.onSpinWait();
                }

                for (int i = 0; i < 5; i++) {
                    cluster.clock.advance(Duration.ofSeconds(11));
                    node.heartbeat().beat();
                }

                assertThat(cluster.view(run).stages().get(0).status()).isEqualTo(StepStatus.RUNNING);
                goOn.get(1).countDown();
                cluster.awaitIdle();
                assertThat(cluster.view(run).status()).isEqualTo(RunStatus.COMPLETED);
                assertThat(cluster.view(run).stages().get(0).attempt()).isEqualTo(2);
            }
        }

        @Test
        void severalLostStepsOfARunAreTakenBackTogether() {
            TestEngine engine = TestEngine.with(
                    Flows.group("wide", TextStage.append("a"), TextStage.append("b"), TextStage.append("c")));
            TestRun run = engine.submit(Flows.create("wide"));
            assertThat(Steps.take(engine.node(), 3)).hasSize(3);

            engine.clock().advance(JUST_OVER_A_LEASE);
            assertThat(engine.node().upkeep().reap()).isEqualTo(3);
            engine.runUntilIdle();

            assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
            assertThat(List.of(run.attempts("a"), run.attempts("b"), run.attempts("c")))
                    .containsOnly(2);
        }
    }
}
