package dev.pawl.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.api.AsyncBatchStage;
import dev.pawl.api.Completion;
import dev.pawl.api.NonRetryableException;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Poll;
import dev.pawl.api.StageContext;
import dev.pawl.api.Submission;
import dev.pawl.engine.command.PollSuspended;
import dev.pawl.engine.command.RetryRun;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepKey;
import dev.pawl.engine.model.StepStatus;
import dev.pawl.engine.query.RunView;
import dev.pawl.engine.work.JobOutcome;
import dev.pawl.testkit.InMemoryNode;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SuspendTest {

    private static final Duration EVERY = Duration.ofHours(1);
    private static final Duration MAX_WAIT = Duration.ofHours(24);

    record Ticket(String number, int seen) {}

    /** Work elsewhere that ends when the test says so. */
    static final class Batch implements AsyncBatchStage<Text, Text, Ticket> {
        private final List<String> submitted = new ArrayList<>();
        private boolean done;

        @Override
        public Submission<Text, Ticket> execute(StageContext context, Text input, Optional<Ticket> resumeState) {
            submitted.add(resumeState.map(Ticket::number).orElse("new"));
            return input.value().equals("at once")
                    ? Submission.completed(new Text("nothing to wait for"))
                    : Submission.suspended(
                            new Ticket("t-1", 0), Poll.every(EVERY).forAtMost(MAX_WAIT));
        }

        @Override
        public Completion<Text, Ticket> checkCompletion(StageContext context, Ticket ticket) {
            return done
                    ? Completion.ready(new Text("done after " + ticket.seen()))
                    : Completion.<Text, Ticket>notReady().withState(new Ticket(ticket.number(), ticket.seen() + 1));
        }
    }

    private final Batch batch = new Batch();
    private final TestEngine engine = TestEngine.with(
            Pipeline.named("flow", Text.class)
                    .then(batch)
                    .then(TextStage.append("after"))
                    .build(),
            Pipeline.named("side", Text.class)
                    .parallel(new Batch(), TextStage.append("beside"))
                    .build());

    @Test
    @Tag("K-18")
    @Tag("K-20")
    @Tag("D-10")
    void aSuspendedStageIsPolledAtItsIntervalWithItsStateAndTheRunGoesOn() {
        TestRun run = engine.start("flow", new Text("x"));
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        assertThat(run.stage("batch").status()).isEqualTo(StepStatus.SUSPENDED);
        assertThat(run.stage("batch").nextPollAt())
                .isEqualTo(engine.clock().now().plus(EVERY));
        assertThat(run.view().waiting()).extracting(RunView.Waiting::reason).containsExactly("POLL");

        engine.advance(EVERY.multipliedBy(3).plusMinutes(1));
        assertThat(engine.polls("batch")).isEqualTo(3);
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        batch.done = true;
        engine.advance(EVERY);

        assertThat(run.output(Text.class).value()).startsWith("done after 3");
        assertThat(run.executions("batch")).isEqualTo(1);
        assertThat(run.attempts("batch")).isEqualTo(1);
        assertThat(run.eventTypes())
                .containsExactly(
                        "workflow:created",
                        "workflow:started",
                        "stage:started",
                        "stage:suspended",
                        "workflow:suspended",
                        "stage:completed",
                        "stage:started",
                        "stage:completed",
                        "workflow:completed");
    }

    @Test
    @Tag("K-18")
    void aBatchWithNothingToWaitForIsNeverSuspended() {
        TestRun run = engine.start("flow", new Text("at once"));

        assertThat(run.output(Text.class).value()).startsWith("nothing to wait for");
        assertThat(run.eventTypes()).doesNotContain("stage:suspended", "workflow:suspended");
    }

    @Test
    @Tag("K-18")
    void aPollMaySetItsOwnNextTimeOnce() {
        TestRun run = engine.start("flow", new Text("x"));
        engine.mockPoll("batch", (Ticket ticket) -> Completion.notReady().withNextCheckIn(Duration.ofMinutes(5)));
        engine.advance(EVERY);
        Instant polled = engine.clock().now();

        assertThat(run.stage("batch").nextPollAt()).isEqualTo(polled.plus(Duration.ofMinutes(5)));
        engine.mockPoll("batch", (Ticket ticket) -> Completion.notReady());
        engine.advance(Duration.ofMinutes(5));
        assertThat(run.stage("batch").nextPollAt())
                .isEqualTo(engine.clock().now().plus(EVERY));
    }

    @Test
    @Tag("K-18")
    void workThatEndedBadlyFailsTheRunAtOnce() {
        TestRun run = engine.start("flow", new Text("x"));
        engine.mockPoll("batch", (Ticket ticket) -> Completion.failed("REJECTED", "the provider said no"));
        engine.advance(EVERY);

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.error().orElseThrow().code()).isEqualTo("REJECTED");
        assertThat(engine.polls("batch")).isEqualTo(1);
    }

    @Test
    @Tag("K-18")
    void aPollThatThrowsIsRepeatedAndOneThatKeepsThrowingFailsTheRunWithItsError() {
        TestRun recovering = engine.start("flow", new Text("x"));
        engine.failPoll("batch", 2, new IOException("gateway"));
        engine.advance(EVERY.plusSeconds(10));
        assertThat(recovering.status()).isEqualTo(RunStatus.SUSPENDED);
        assertThat(recovering.stage("batch").polls()).isEqualTo(3);

        engine.failPoll("batch", 3, new IOException("gateway down"));
        engine.advance(EVERY.plusSeconds(10));

        assertThat(recovering.status()).isEqualTo(RunStatus.FAILED);
        assertThat(recovering.error().orElseThrow().message()).contains("gateway down");
    }

    @Test
    @Tag("K-18")
    void aPollThatSaysItCannotSucceedIsNotRepeated() {
        TestRun run = engine.start("flow", new Text("x"));
        engine.failPoll("batch", 1, new NonRetryableException("GONE", "no such ticket"));
        engine.advance(EVERY);

        assertThat(run.error().orElseThrow().code()).isEqualTo("GONE");
    }

    @Test
    @Tag("K-19")
    void aStageThatWaitsTooLongHasFailed() {
        TestRun run = engine.start("flow", new Text("x"));
        engine.advance(MAX_WAIT.minusSeconds(1));
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        engine.advance(Duration.ofSeconds(2));

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.error().orElseThrow().code()).isEqualTo("MAX_WAIT_EXCEEDED");
        assertThat(run.error().orElseThrow().message()).contains("exceeded maxWaitUntil");
        assertThat(run.eventTypes()).endsWith("stage:failed", "workflow:failed");
    }

    @Test
    @Tag("K-21")
    @Tag("D-10")
    void serversThatWereAwayForHoursPollOnceAndWorkThatEndedMeanwhileCountsAfterTheDeadlineToo() {
        TestRun run = engine.start("flow", new Text("x"));
        batch.done = true;
        engine.clock().set(engine.clock().now().plus(MAX_WAIT).plus(EVERY));
        engine.runUntilIdle();

        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(engine.polls("batch")).isEqualTo(1);
    }

    @Test
    @Tag("K-16")
    @Tag("K-18")
    void aPollWhoseWorkerDiesIsMadeAgainButNotForEver() {
        TestRun run = engine.start("flow", new Text("x"));
        engine.crashAfterPoll("batch", 1);
        engine.advance(EVERY);
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        assertThat(engine.polls("batch")).isEqualTo(2);
        assertThat(run.executions("batch")).isEqualTo(1);

        engine.crashAfterPoll("batch", 5);
        engine.advance(EVERY);

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.error().orElseThrow().code()).isEqualTo("LEASE_EXPIRED");
    }

    @Test
    @Tag("D-10")
    void aRedeliveredExecutionSeesWhatItSuspendedWith() {
        TestRun run = engine.start("flow", new Text("x"));

        CompletableFuture<JobOutcome> delivered = engine.node().worker().execute(new StepKey(run.id(), "batch"));
        engine.runUntilIdle();
        assertThat(delivered.join().answer()).isEqualTo(JobOutcome.Answer.SUSPENDED);

        assertThat(batch.submitted).containsExactly("new", "t-1");
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
    }

    @Test
    @Tag("K-18")
    void aRunWithOtherWorkIsSuspendedOnlyWhenThatHasEnded() {
        TestRun run = engine.start("side", new Text("x"));

        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        assertThat(run.stage("beside").status()).isEqualTo(StepStatus.COMPLETED);
        assertThat(run.eventTypes()).containsOnlyOnce("workflow:suspended");
        assertThat(run.eventTypes()).endsWith("stage:completed", "workflow:suspended");
    }

    @Test
    @Tag("K-10")
    void cancellingASuspendedRunEndsItsPolls() {
        TestRun run = engine.start("flow", new Text("x"));
        run.cancel("enough");
        engine.advance(MAX_WAIT);

        assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(run.stage("batch").status()).isEqualTo(StepStatus.CANCELLED);
        assertThat(engine.polls("batch")).isZero();
    }

    @Test
    @Tag("K-34")
    void aPausedRunIsNotPolledAndRetryBringsThePollForward() {
        TestRun run = engine.start("flow", new Text("x"));
        run.pause();
        engine.advance(EVERY.multipliedBy(2));
        assertThat(engine.polls("batch")).isZero();
        run.resume();
        assertThat(engine.polls("batch")).isEqualTo(1);

        assertThat(engine.execute(new RetryRun(run.id())).stages()).containsExactly("batch");
        engine.runUntilIdle();
        assertThat(engine.polls("batch")).isEqualTo(2);
        assertThat(engine.execute(new PollSuspended(10, run.id())).due()).isEqualTo(1);
        engine.runUntilIdle();
        assertThat(engine.polls("batch")).isEqualTo(3);
    }

    @Test
    @Tag("K-21")
    void aSuspendedRunWhoseWorkflowIsGoneFailsWithThatReason() {
        try (Cluster cluster =
                new Cluster(Pipeline.named("flow", Text.class).then(batch).build())) {
            InMemoryNode node = cluster.node("node");
            RunId run = Cluster.execute(node, Flows.create("flow")).runId();
            cluster.awaitIdle();
            assertThat(cluster.view(run).status()).isEqualTo(RunStatus.SUSPENDED);
            node.worker().close();

            cluster.clock.advance(EVERY);
            InMemoryNode other = cluster.node("other", new Definitions(List.of()));
            other.worker().wake();
            cluster.awaitIdle();

            assertThat(cluster.view(run).status()).isEqualTo(RunStatus.FAILED);
            assertThat(cluster.view(run).error().code()).isEqualTo("WORKFLOW_NOT_FOUND");
        }
    }

    @Test
    @Tag("K-18")
    void oneServerPollsAStageAtATime() {
        AtomicInteger polls = new AtomicInteger();
        int runs = 50;
        try (Cluster cluster = new Cluster(
                Pipeline.named("flow", Text.class).then(new Counting(polls)).build())) {
            List<InMemoryNode> nodes = List.of(cluster.node("one"), cluster.node("two"), cluster.node("three"));
            for (int i = 0; i < runs; i++) {
                Cluster.execute(nodes.get(0), Flows.create("flow"));
            }
            cluster.awaitIdle();
            for (int round = 1; round <= 3; round++) {
                cluster.clock.advance(EVERY);
                nodes.forEach(node -> node.worker().wake());
                cluster.awaitIdle();
                assertThat(polls).hasValue(runs * round);
            }
        }
    }

    /** Counts its polls and never ends. */
    static final class Counting implements AsyncBatchStage<Text, Text, Ticket> {
        private final AtomicInteger polls;

        Counting(AtomicInteger polls) {
            this.polls = polls;
        }

        @Override
        public Submission<Text, Ticket> execute(StageContext context, Text input, Optional<Ticket> resumeState) {
            return Submission.suspended(new Ticket("t", 0), Poll.every(EVERY));
        }

        @Override
        public Completion<Text, Ticket> checkCompletion(StageContext context, Ticket ticket) {
            polls.incrementAndGet();
            return Completion.notReady();
        }
    }
}
