package dev.pawl.testkit.kernel;

import static dev.pawl.testkit.kernel.Cluster.execute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.command.CancelRun;
import dev.pawl.engine.command.ClaimPending;
import dev.pawl.engine.command.CreateRun;
import dev.pawl.engine.command.PauseRun;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepKey;
import dev.pawl.engine.work.JobOutcome;
import dev.pawl.engine.work.JobOutcome.Answer;
import dev.pawl.testkit.InMemoryNode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    private final AtomicInteger executed = new AtomicInteger();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final TextStage counted = TextStage.of("a", (context, input) -> {
        if (executed.incrementAndGet() == 1 && input.value().equals("fails first")) {
            throw new IOException("once");
        }
        return new Text("done");
    });
    private final TextStage slow = TextStage.of("slow", (context, input) -> {
        executed.incrementAndGet();
        begun.countDown();
        Cluster.await(goOn);
        return input;
    });
    private final Cluster cluster = new Cluster(
            Flows.line("flow", counted), Flows.line("slow", slow), Flows.group("pair", counted, TextStage.append("b")));
    private final InMemoryNode node = cluster.node("node");
    private final InMemoryNode idle = cluster.node("idle");

    DeliveryTest() {
        idle.worker().close();
    }

    @AfterEach
    void close() {
        goOn.countDown();
        cluster.close();
    }

    @Test
    @Tag("K-13")
    void aCompletedStepDeliveredAgainAnswersItsStoredOutput() {
        RunId run = execute(node, Flows.create("flow")).runId();
        cluster.awaitIdle();
        assertThat(cluster.view(run).status()).isEqualTo(RunStatus.COMPLETED);

        JobOutcome again = node.worker().execute(new StepKey(run, "a")).join();

        assertThat(again.answer()).isEqualTo(Answer.COMPLETED);
        assertThat(again.output()).hasToString("{\"value\":\"done\"}");
        assertThat(executed).hasValue(1);
    }

    @Test
    @Tag("K-13")
    void aCompletedStepOfARunningRunIsNotRunAgainEither() {
        RunId run = runWithOpenSteps("pair");
        assertThat(deliver(run, "a")).isEqualTo(Answer.COMPLETED);
        cluster.awaitIdle();

        // the report rang for the sibling, so that is done as well
        assertThat(deliver(run, "a")).isEqualTo(Answer.COMPLETED);
        assertThat(executed).hasValue(1);
        assertThat(cluster.view(run).status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    @Tag("K-13")
    void aStepInAWorkersHandsIsNotGivenToAnother() {
        RunId run = runWithOpenSteps("slow");
        CompletableFuture<JobOutcome> first = node.worker().execute(new StepKey(run, "slow"));
        Cluster.await(begun);

        assertThat(deliver(run, "slow")).isEqualTo(Answer.HELD);

        goOn.countDown();
        assertThat(first.join().answer()).isEqualTo(Answer.COMPLETED);
        assertThat(executed).hasValue(1);
        assertThat(cluster.view(run).status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    @Tag("K-14")
    void aJobOfACancelledRunIsDiscarded() {
        RunId run = runWithOpenSteps("flow");
        execute(idle, new CancelRun(run, null));

        assertThat(deliver(run, "a")).isEqualTo(Answer.DISCARDED);
        cluster.awaitIdle();

        assertThat(executed).hasValue(0);
        assertThat(cluster.view(run).status()).isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    @Tag("K-14")
    void aJobOfAPendingRunIsDiscarded() {
        RunId run = execute(idle, Flows.create("flow")).runId();

        assertThat(deliver(run, "a")).isEqualTo(Answer.DISCARDED);
    }

    @Test
    void aStepThatIsNotDueYetIsNotAvailable() {
        RunId run = execute(node, CreateRun.of("flow", JsonCodec.toTree(new Text("fails first"))))
                .runId();
        cluster.awaitIdle();
        assertThat(executed).hasValue(1);

        assertThat(deliver(run, "a")).isEqualTo(Answer.NOT_AVAILABLE);
        cluster.clock.advance(Duration.ofSeconds(2));
        assertThat(deliver(run, "a")).isEqualTo(Answer.COMPLETED);
        cluster.awaitIdle();

        assertThat(cluster.view(run).status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    @Tag("K-34")
    void aPausedRunGivesNothingOut() {
        RunId run = runWithOpenSteps("flow");
        execute(idle, new PauseRun(run, true));

        assertThat(deliver(run, "a")).isEqualTo(Answer.NOT_AVAILABLE);
    }

    private Answer deliver(RunId run, String step) {
        return node.worker().execute(new StepKey(run, step)).join().answer();
    }

    private RunId runWithOpenSteps(String workflow) {
        RunId run = execute(idle, Flows.create(workflow)).runId();
        assertThat(execute(idle, new ClaimPending(1)).started()).containsExactly(run);
        return run;
    }
}
