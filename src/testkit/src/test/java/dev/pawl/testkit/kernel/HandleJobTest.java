package dev.pawl.testkit.kernel;

import static dev.pawl.testkit.kernel.Cluster.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.engine.command.Caller;
import dev.pawl.engine.command.ClaimPending;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.ExecuteJob;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.work.HandleJob;
import dev.pawl.engine.work.JobOutcome;
import dev.pawl.engine.work.JobOutcome.Answer;
import dev.pawl.testkit.InMemoryNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("K-32")
class HandleJobTest {

    private final AtomicInteger executed = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final Cluster cluster = new Cluster(
            Flows.line("line", TextStage.append("a"), TextStage.append("b")),
            Flows.line("picky", TextStage.of("picky", (context, input) -> {
                executed.incrementAndGet();
                throw new IllegalStateException("not this one");
            })),
            Flows.line("slow", TextStage.of("slow", (context, input) -> {
                begun.countDown();
                Cluster.await(goOn);
                return input;
            })));
    private final InMemoryNode node = cluster.node("node");
    private final HandleJob jobs = new HandleJob(node.commands(), node.worker());

    @BeforeEach
    void lookForNothing() {
        node.worker().waitToBeAsked();
    }

    @AfterEach
    void close() {
        goOn.countDown();
        cluster.close();
    }

    @Test
    void oneStepIsExecutedAndTheNextOneIsLeftAlone() {
        RunId run = claimed("line");

        JobOutcome first = handle(run, "a", Optional.empty()).join();

        assertThat(first.answer()).isEqualTo(Answer.COMPLETED);
        assertThat(first.output()).isNotNull();
        cluster.awaitIdle();
        assertThat(cluster.view(run).status()).isEqualTo(RunStatus.RUNNING);
        assertThat(handle(run, "b", Optional.empty()).join().answer()).isEqualTo(Answer.COMPLETED);
        assertThat(cluster.view(run).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(handle(run, "a", Optional.empty()).join()).isEqualTo(first);
    }

    @Test
    void aFailedAttemptSaysWhetherAnotherFollows() {
        RunId run = claimed("picky");

        JobOutcome first = handle(run, "picky", Optional.empty()).join();

        assertThat(first.answer()).isEqualTo(Answer.RETRYING);
        assertThat(first.error().message()).contains("not this one");
        assertThat(handle(run, "picky", Optional.empty()).join().answer()).isEqualTo(Answer.NOT_AVAILABLE);
        cluster.clock.advance(Duration.ofSeconds(2));
        assertThat(handle(run, "picky", Optional.empty()).join().answer()).isEqualTo(Answer.RETRYING);
        cluster.clock.advance(Duration.ofSeconds(4));
        assertThat(handle(run, "picky", Optional.empty()).join().answer()).isEqualTo(Answer.FAILED);
        assertThat(executed).hasValue(3);
        assertThat(handle(run, "picky", Optional.empty()).join().answer()).isEqualTo(Answer.DISCARDED);
    }

    @Test
    void whatCanNeverBeExecutedIsRefused() {
        RunId run = claimed("line");

        assertRefused(RefusalCode.STAGE_NOT_FOUND, () -> handle(run, "z", Optional.empty()));
        assertRefused(RefusalCode.RUN_NOT_FOUND, () -> handle(new RunId("nobody"), "a", Optional.empty()));
        assertRefused(
                RefusalCode.RUN_NOT_FOUND,
                () -> jobs.handle(Envelope.of(new ExecuteJob(run, "a"), new Caller("another", "anna"))));
    }

    @Test
    @Tag("K-04")
    void theLeaseMarksAKeyedExecutionUntilItRunsOut() {
        RunId run = claimed("slow");
        CompletableFuture<JobOutcome> first = handle(run, "slow", Optional.of("k1"));
        Cluster.await(begun);

        assertThat(handle(run, "slow", Optional.empty()).join().answer()).isEqualTo(Answer.HELD);
        assertThatThrownBy(() -> handle(run, "slow", Optional.of("k1")).join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(RefusalCode.IDEMPOTENCY_IN_PROGRESS));
        assertRefused(RefusalCode.IDEMPOTENCY_KEY_REUSED, () -> handle(claimed("line"), "a", Optional.of("k1")));

        // the worker falls silent and its lease is taken back: the marker is free again
        cluster.clock.advance(Duration.ofMinutes(1));
        assertThat(node.upkeep().reap()).isEqualTo(1);
        goOn.countDown();
        assertThat(first.join().answer()).isEqualTo(Answer.DISCARDED);
        JobOutcome second = handle(run, "slow", Optional.of("k1")).join();
        assertThat(second.answer()).isEqualTo(Answer.COMPLETED);
        assertThat(handle(run, "slow", Optional.of("k1")).join()).isEqualTo(second);
    }

    @Test
    void dueStepsAreExecutedUpToTheNumberAskedFor() {
        List<RunId> runs = List.of(create("line"), create("line"), create("line"));
        assertThat(node.worker().executeDue(10).join()).isEmpty();
        execute(node, new ClaimPending(10));

        assertThat(node.worker().executeDue(2).join()).hasSize(2);
        cluster.awaitIdle();
        assertThat(runs.stream().filter(run -> cluster.view(run).status().isFinished()))
                .isEmpty();
        assertThat(node.worker().executeDue(10).join()).hasSize(4).allSatisfy(outcome -> assertThat(outcome.answer())
                .isEqualTo(Answer.COMPLETED));
        assertThat(runs)
                .allSatisfy(run -> assertThat(cluster.view(run).status()).isEqualTo(RunStatus.COMPLETED));
        assertThat(node.worker().isIdle()).isTrue();
    }

    private CompletableFuture<JobOutcome> handle(RunId run, String step, Optional<String> key) {
        Envelope<ExecuteJob.Accepted> envelope = Envelope.of(new ExecuteJob(run, step), Caller.ANONYMOUS);
        return jobs.handle(key.map(envelope::withIdempotencyKey).orElse(envelope));
    }

    private static void assertRefused(RefusalCode code, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(
                        refused.refusal().code())
                .isEqualTo(code));
    }

    private RunId create(String workflow) {
        return execute(node, Flows.create(workflow)).runId();
    }

    private RunId claimed(String workflow) {
        RunId run = create(workflow);
        assertThat(execute(node, new ClaimPending(10)).started()).containsExactly(run);
        return run;
    }
}
