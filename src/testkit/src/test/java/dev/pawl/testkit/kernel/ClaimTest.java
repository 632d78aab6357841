package dev.pawl.testkit.kernel;

import static dev.pawl.testkit.kernel.Cluster.execute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.api.Pipeline;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.engine.command.ClaimPending;
import dev.pawl.engine.command.TakeWork;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.interpret.PipelineDefinition;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepStatus;
import dev.pawl.engine.model.WorkerId;
import dev.pawl.engine.query.EventView;
import dev.pawl.engine.query.RunView;
import dev.pawl.engine.work.WorkerSettings;
import dev.pawl.testkit.InMemoryNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ClaimTest {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final WorkerSettings ONE_PLACE = new WorkerSettings(1, LEASE, 1, 1);

    private final Cluster cluster = new Cluster(Flows.line("line", "a", "b"));

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    @Tag("K-05")
    void twentyClaimersStartEachOfFiveHundredRunsOnce() throws Exception {
        InMemoryNode node = idle("creator");
        List<RunId> runs = IntStream.range(0, 500)
                .mapToObj(i -> execute(node, Flows.create("line")).runId())
                .toList();
        CountDownLatch go = new CountDownLatch(1);
        List<Future<List<RunId>>> claimers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            InMemoryNode claimer = idle("claimer-" + i);
            claimers.add(cluster.elsewhere(() -> {
                Cluster.await(go);
                return claimUntilEmpty(claimer);
            }));
        }

        go.countDown();

        List<RunId> started = new ArrayList<>();
        for (Future<List<RunId>> claimer : claimers) {
            started.addAll(claimer.get());
        }
        assertThat(started).containsExactlyInAnyOrderElementsOf(runs);
        assertThat(runs).allSatisfy(run -> {
            assertThat(cluster.view(run).status()).isEqualTo(RunStatus.RUNNING);
            assertThat(cluster.events(run).stream().map(EventView::type))
                    .containsExactly("workflow:created", "workflow:started");
        });
    }

    private static List<RunId> claimUntilEmpty(InMemoryNode claimer) {
        List<RunId> mine = new ArrayList<>();
        List<RunId> claimed = execute(claimer, new ClaimPending(7)).started();
        while (!claimed.isEmpty()) {
            mine.addAll(claimed);
            claimed = execute(claimer, new ClaimPending(7)).started();
        }
        return mine;
    }

    @Test
    @Tag("K-05")
    void aClaimTakesNoMoreThanAskedFor() {
        InMemoryNode node = idle("node");
        for (int i = 0; i < 5; i++) {
            execute(node, Flows.create("line"));
        }

        assertThat(execute(node, new ClaimPending(3)).started()).hasSize(3);
        assertThat(execute(node, new ClaimPending(3)).started()).hasSize(2);
    }

    @Test
    @Tag("K-05")
    void aRunOfAnUnknownWorkflowFailsAndStopsNoOther() {
        InMemoryNode node = idle("node");
        InMemoryNode elsewhere = idleNodeWith(Flows.line("gone", "a"));
        RunId lost = execute(elsewhere, Flows.create("gone", 9)).runId();
        RunId fine = execute(node, Flows.create("line")).runId();

        ClaimPending.Claimed claimed = execute(node, new ClaimPending(10));

        assertThat(claimed.failed()).containsExactly(lost);
        assertThat(claimed.started()).containsExactly(fine);
        assertFailed(lost, "WORKFLOW_NOT_FOUND");
        assertThat(cluster.events(lost).stream().map(EventView::type))
                .containsExactly("workflow:created", "workflow:failed");
    }

    @Test
    @Tag("K-05")
    void aWorkerWithOnePlaceGoesOnBehindARunOfAnUnknownWorkflow() {
        InMemoryNode elsewhere = idleNodeWith(Flows.line("gone", "a"));
        RunId lost = execute(elsewhere, Flows.create("gone", 9)).runId();
        RunId alsoLost = execute(elsewhere, Flows.create("gone", 8)).runId();
        RunId good = execute(idle("creator"), Flows.create("line", 1)).runId();
        InMemoryNode worker = cluster.node("worker", ONE_PLACE);

        worker.worker().wake();
        cluster.awaitIdle();

        assertFailed(lost, "WORKFLOW_NOT_FOUND");
        assertFailed(alsoLost, "WORKFLOW_NOT_FOUND");
        assertThat(cluster.view(good).status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    @Tag("K-05")
    void aRunWhoseStagesWereRemovedUnderTheSameVersionFailsAndStopsNoOther() {
        InMemoryNode before = idleNodeWith(Flows.line("line", "a", "b", "c"));
        RunId broken = execute(before, Flows.create("line", 9)).runId();
        execute(before, new ClaimPending(1));
        for (String stage : List.of("a", "b")) {
            TakeWork.Taken taken = execute(before, new TakeWork(new WorkerId("old", "1"), 1, LEASE));
            assertThat(taken.assignments()).hasSize(1);
            Steps.succeed(before, taken.assignments().get(0), "{\"value\":\"" + stage + "\"}");
        }
        InMemoryNode after = idleNodeWith(Flows.line("line", "a"));
        RunId fine = execute(after, Flows.create("line", 1)).runId();

        TakeWork.Taken taken = execute(after, new TakeWork(new WorkerId("new", "1"), 10, LEASE));

        assertThat(taken.assignments()).extracting(work -> work.run().id()).containsExactly(fine);
        assertFailed(broken, "STAGE_NOT_FOUND");
        assertThat(cluster.view(broken).error())
                .extracting(Failure::message)
                .asString()
                .contains("'c'", "line");
    }

    @Test
    @Tag("K-05")
    void aRunWhoseFirstStagesCannotBeOpenedFailsAndStopsNoOther() {
        InMemoryNode node = idleNodeWith(
                Pipeline.named("unopened", Text.class).then(new Nameless()).build());
        RunId broken = execute(node, Flows.create("unopened", 9)).runId();
        RunId fine = execute(idle("creator"), Flows.create("line", 1)).runId();

        assertThat(execute(node, new ClaimPending(1)).failed()).containsExactly(broken);
        assertThat(execute(idle("node"), new ClaimPending(1)).started()).containsExactly(fine);

        assertFailed(broken, "CLAIM_FAILED");
        assertThat(cluster.view(broken).error())
                .extracting(Failure::message)
                .asString()
                .contains("nobody knows its name");
    }

    private static final class Nameless implements Stage<Text, Text> {
        @Override
        public String name() {
            throw new IllegalStateException("nobody knows its name");
        }

        @Override
        public Text execute(StageContext context, Text input) {
            return input;
        }
    }

    @Test
    @Tag("K-06")
    void aStepIsSeenOnlyOnceItsRunIsRunning() {
        InMemoryNode node = idle("node");
        RunId run = execute(node, Flows.create("line")).runId();
        assertThat(cluster.view(run).stages()).isEmpty();

        cluster.transaction(() -> {
            execute(node, new ClaimPending(1));
            RunView outside = seenByAnother(run);
            assertThat(outside.status()).isEqualTo(RunStatus.PENDING);
            assertThat(outside.stages()).isEmpty();
            assertThat(cluster.elsewhere(() -> execute(node, new TakeWork(new WorkerId("other", "1"), 5, LEASE)))
                            .get()
                            .assignments())
                    .isEmpty();
            return true;
        });

        RunView committed = cluster.view(run);
        assertThat(committed.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(committed.stages()).extracting(RunView.StageView::status).containsExactly(StepStatus.PENDING);
    }

    @Test
    @Tag("K-06")
    void aClaimThatRollsBackLeavesTheRunPending() {
        InMemoryNode node = idle("node");
        RunId run = execute(node, Flows.create("line")).runId();

        try {
            cluster.transaction(() -> {
                execute(node, new ClaimPending(1));
                throw new IllegalStateException("the process ends here");
            });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("the process ends here");
        }

        assertThat(cluster.view(run).status()).isEqualTo(RunStatus.PENDING);
        assertThat(execute(node, new ClaimPending(1)).started()).containsExactly(run);
    }

    @Test
    @Tag("K-06")
    void aBurstOfAThousandRunsLeavesNoneUnfinished() throws Exception {
        AtomicInteger executed = new AtomicInteger();
        TextStage count = TextStage.of("count", (context, input) -> {
            executed.incrementAndGet();
            return input;
        });
        try (Cluster busy = new Cluster(
                Flows.line("burst", count, TextStage.append("b")),
                Pipeline.named("wide", Text.class)
                        .parallel(count, TextStage.append("other"), (one, other) -> other)
                        .then(TextStage.append("last"))
                        .build())) {
            WorkerSettings settings = new WorkerSettings(4, LEASE, 8, 2);
            List<InMemoryNode> nodes = List.of(busy.node("one", settings), busy.node("two", settings));
            List<Future<List<RunId>>> creators = new ArrayList<>();
            for (InMemoryNode node : nodes) {
                creators.add(busy.elsewhere(() -> IntStream.range(0, 500)
                        .mapToObj(i -> execute(node, Flows.create(i % 2 == 0 ? "burst" : "wide", i % 10))
                                .runId())
                        .toList()));
            }
            List<RunId> runs = new ArrayList<>();
            for (Future<List<RunId>> creator : creators) {
                runs.addAll(creator.get());
            }
            busy.awaitIdle();
            nodes.forEach(node -> node.worker().wake());
            busy.awaitIdle();

            assertThat(runs).hasSize(1_000).allSatisfy(run -> {
                RunView view = busy.view(run);
                assertThat(view.status())
                        .as(() -> "%s: %s".formatted(view.error(), view.waiting()))
                        .isEqualTo(RunStatus.COMPLETED);
                assertThat(view.stages()).allMatch(stage -> stage.attempt() == 1);
            });
            assertThat(executed).hasValue(1_000);
        }
    }

    private RunView seenByAnother(RunId run) throws Exception {
        return cluster.elsewhere(() -> cluster.view(run)).get();
    }

    /** A server whose worker takes nothing by itself. */
    private InMemoryNode idle(String name) {
        InMemoryNode node = cluster.node(name);
        node.worker().close();
        return node;
    }

    private InMemoryNode idleNodeWith(Pipeline<?, ?> deployed) {
        InMemoryNode node = cluster.node("elsewhere", new Definitions(List.of(new PipelineDefinition(deployed))));
        node.worker().close();
        return node;
    }

    private void assertFailed(RunId run, String code) {
        assertThat(cluster.view(run).status()).isEqualTo(RunStatus.FAILED);
        assertThat(cluster.view(run).error()).extracting(Failure::code).isEqualTo(code);
    }
}
