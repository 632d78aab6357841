package dev.pawl.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.command.RepairRuns;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepFigures;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("K-21")
class RepairTest {

    private final TestEngine engine = TestEngine.with(Flows.line("flow", "a", "b"));

    @Test
    void aTransitionThatWasMissedIsMade() throws Exception {
        TestRun run = engine.submit(Flows.create("flow"));
        Steps.take(engine.node(), 1);
        damage(
                run.id(),
                found -> found.completeStep(
                        "a",
                        Payload.of("{\"value\":\"by hand\"}"),
                        StepFigures.NONE,
                        engine.clock().now()));
        engine.advance(Duration.ofHours(2));
        assertThat(run.status()).isEqualTo(RunStatus.RUNNING);

        assertThat(repair()).containsExactly(run.id());

        assertThat(run.output(Text.class)).isEqualTo(new Text("by hand+b"));
    }

    @Test
    void stepsThatAreGoneAreOpenedAgain() throws Exception {
        TestRun run = engine.submit(Flows.create("flow"));
        Steps.take(engine.node(), 1);
        engine.database().inTransaction(() -> {
            engine.database().runs().dropSteps(run.id(), 0);
            return true;
        });

        assertThat(repair()).containsExactly(run.id());

        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    @Tag("K-05")
    void aRunAtAGroupItsWorkflowDoesNotHaveFailsAndStopsNoOther() throws Exception {
        TestRun lost = engine.submit(Flows.create("flow"));
        TestRun stranded = engine.submit(Flows.create("flow"));
        Steps.take(engine.node(), 2);
        damage(lost.id(), found -> found.open(7, List.of()));
        engine.database().inTransaction(() -> {
            engine.database().runs().dropSteps(lost.id(), 0);
            engine.database().runs().dropSteps(stranded.id(), 0);
            return true;
        });

        assertThat(repair()).containsExactlyInAnyOrder(lost.id(), stranded.id());

        assertThat(lost.status()).isEqualTo(RunStatus.FAILED);
        assertThat(lost.view().error().code()).isEqualTo("EMPTY_STAGE_GRAPH");
        assertThat(stranded.status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void whatWaitsIsLeftAlone() {
        engine.failStage("a", 1, new IOException("later"));
        TestRun retrying = engine.start("flow", Flows.HELLO);
        TestRun pending = engine.submit(Flows.create("flow"));
        TestRun held = engine.submit(Flows.create("flow"));
        Steps.take(engine.node(), 2);

        assertThat(engine.execute(new RepairRuns(100)).runs()).doesNotContain(retrying.id(), pending.id(), held.id());
        assertThat(retrying.status()).isEqualTo(RunStatus.RUNNING);
    }

    private List<RunId> repair() {
        List<RunId> repaired = engine.execute(new RepairRuns(100)).runs();
        engine.runUntilIdle();
        return repaired;
    }

    private void damage(RunId id, Consumer<Run> change) throws Exception {
        engine.database().inTransaction(() -> {
            Run run = engine.database().runs().lock(List.of(id)).get(id);
            change.accept(run);
            engine.database().runs().save(List.of(run));
            return true;
        });
    }
}
