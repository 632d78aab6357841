package dev.pawl.testkit.kernel;

import static dev.pawl.testkit.kernel.Cluster.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.engine.command.Assignment;
import dev.pawl.engine.command.Caller;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.command.TransitionRun;
import dev.pawl.engine.command.TransitionRun.Result;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepFigures;
import dev.pawl.engine.query.RunView;
import dev.pawl.testkit.InMemoryNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("K-07")
class TransitionTest {

    private final Cluster cluster = new Cluster(Flows.line("flow", "a", "b"));
    private final InMemoryNode node = cluster.node("node");

    TransitionTest() {
        node.worker().close();
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void manyTransitionsAtOnceAdvanceARunOnce() throws Exception {
        RunId run = runBehind("a");
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Result>> all = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            all.add(cluster.elsewhere(() -> {
                Cluster.await(go);
                return transition(run);
            }));
        }

        go.countDown();

        List<Result> results = new ArrayList<>();
        for (Future<Result> one : all) {
            results.add(one.get());
        }
        assertThat(results)
                .containsOnlyOnce(Result.ADVANCED)
                .contains(Result.NOOP)
                .hasSize(16);
        assertThat(cluster.view(run).stages()).extracting(RunView.StageView::id).containsExactly("a", "b");
    }

    @Test
    void theLastTransitionCompletesTheRunWithTheStoredOutput() {
        RunId run = runBehind("a");
        transition(run);
        completeWithoutTransition(Steps.take(node, 1).get(0));

        assertThat(transition(run)).isEqualTo(Result.COMPLETED);
        assertThat(cluster.view(run).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(cluster.view(run).output()).hasToString("{\"value\":\"from b\"}");
        assertThat(transition(run)).isEqualTo(Result.NOOP);
    }

    @Test
    void anOpenGroupIsLeftAlone() {
        RunId run = execute(node, Flows.create("flow")).runId();
        assertThat(transition(run)).as("pending").isEqualTo(Result.NOOP);
        Steps.take(node, 1);

        assertThat(transition(run)).as("running").isEqualTo(Result.NOOP);
    }

    @Test
    void aRunOfAnUnknownWorkflowFails() {
        RunId run = runBehind("a");
        InMemoryNode other = cluster.node("other", new Definitions(List.of()));

        assertThat(execute(other, new TransitionRun(run)).result()).isEqualTo(Result.FAILED);
        assertThat(cluster.view(run).error().code()).isEqualTo("WORKFLOW_NOT_FOUND");
    }

    @Test
    void aRunOfAnotherTenantDoesNotExist() {
        RunId run = runBehind("a");

        assertThatThrownBy(() -> node.commands()
                        .execute(Envelope.of(new TransitionRun(run), new Caller("acme", "ann")))
                        .orThrow())
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.refusal().code()).isEqualTo(RefusalCode.RUN_NOT_FOUND));
    }

    /** A run whose first step was completed by somebody who died before moving the run on. */
    private RunId runBehind(String stage) {
        RunId run = execute(node, Flows.create("flow")).runId();
        Assignment first = Steps.take(node, 1).get(0);
        assertThat(first.stepId()).isEqualTo(stage);
        completeWithoutTransition(first);
        return run;
    }

    private void completeWithoutTransition(Assignment assignment) {
        cluster.transaction(() -> {
            RunId id = assignment.run().id();
            Run run = cluster.database.runs().lock(List.of(id)).get(id);
            run.completeStep(
                    assignment.stepId(),
                    Payload.of("{\"value\":\"from " + assignment.stepId() + "\"}"),
                    StepFigures.NONE,
                    cluster.clock.now());
            cluster.database.runs().save(List.of(run));
            return true;
        });
    }

    private Result transition(RunId run) {
        return execute(node, new TransitionRun(run)).result();
    }
}
