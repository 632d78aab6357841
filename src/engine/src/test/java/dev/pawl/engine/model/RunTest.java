package dev.pawl.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RunTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Failure BROKEN = Failure.of("BROKEN", "it broke");
    private static final Payload OUTPUT = Payload.of("1");

    @Test
    @Tag("K-27")
    void aTransactionRaisesTheVersionByOneWhateverItChanges() {
        Run run = newRun();
        assertThat(run.state().version()).isEqualTo(1);
        run.start(NOW);
        assertThat(run.state().version())
                .as("still the transaction that created it")
                .isEqualTo(1);

        Run next = run.committed();
        assertThat(next.isChanged()).isFalse();
        assertThat(next.loadedVersion()).isEqualTo(1);
        next.open(0, List.of(step("a"), step("b")));
        next.lease("a", lease("t"), NOW);
        next.record("stage:started", NOW, "c", "{}");

        assertThat(next.loadedVersion()).isEqualTo(1);
        assertThat(next.state().version()).isEqualTo(2);
    }

    @Test
    void stepsOfAClosedGroupAreStillWritten() {
        Run run = started("a");
        run.lease("a", lease("t"), NOW);
        run.completeStep("a", OUTPUT, StepFigures.NONE, NOW);
        assertThat(run.isGroupComplete()).isTrue();

        run.open(1, List.of(StepState.pending("b", "B", StepKind.STAGE, 1, 0, NOW)));

        assertThat(run.steps()).extracting(StepState::id).containsExactly("b");
        assertThat(run.changedSteps()).extracting(StepState::id).containsExactly("a", "b");
    }

    @Test
    @Tag("K-10")
    void anEndClosesEveryOpenStepAndNoOther() {
        Run run = started("a", "b", "c");
        run.lease("a", lease("t"), NOW);
        run.completeStep("a", OUTPUT, StepFigures.NONE, NOW);
        run.lease("b", lease("u"), NOW);

        run.cancel(BROKEN, NOW);

        assertThat(run.steps())
                .extracting(StepState::status)
                .containsExactly(StepStatus.COMPLETED, StepStatus.CANCELLED, StepStatus.CANCELLED);
        assertThat(run.steps()).allMatch(step -> step.lease() == null);
    }

    @Test
    void aFinishedStepStaysFinished() {
        Run run = started("a");
        run.lease("a", lease("t"), NOW);
        run.completeStep("a", OUTPUT, StepFigures.NONE, NOW);

        assertThatThrownBy(() -> run.lease("a", lease("u"), NOW)).hasMessageContaining("cannot become RUNNING");
        assertThatThrownBy(() -> run.requeue("a", NOW, 1, null)).hasMessageContaining("cannot become PENDING");
        assertThatThrownBy(() -> run.endStep("a", StepStatus.FAILED, BROKEN, StepFigures.NONE, NOW))
                .hasMessageContaining("cannot become FAILED");
    }

    @Test
    void aLeasedStepIsNotLeasedAgain() {
        Run run = started("a");
        run.lease("a", lease("t"), NOW);

        assertThatThrownBy(() -> run.lease("a", lease("u"), NOW)).hasMessageContaining("cannot become RUNNING");
    }

    @Test
    void aStepThatIsNotThereIsNamedWithThoseThatAre() {
        assertThatThrownBy(() -> started("a").lease("z", lease("t"), NOW))
                .hasMessageContaining("'z'")
                .hasMessageContaining("[a]");
    }

    @Test
    @Tag("K-17")
    void whatAttemptsHaveCostAddsUp() {
        Run run = started("a");
        run.lease("a", lease("t"), NOW);
        run.requeue("a", NOW, 1, BROKEN, new StepFigures("{\"progress\":0.5}", null, 1.5, 10));
        run.lease("a", lease("u"), NOW);
        run.completeStep("a", OUTPUT, new StepFigures(null, null, 2, 5), NOW);

        assertThat(run.state().cost()).isEqualTo(3.5);
        assertThat(run.state().tokens()).isEqualTo(15);
        assertThat(run.step("a")).hasValueSatisfying(step -> {
            assertThat(step.cost()).isEqualTo(3.5);
            assertThat(step.tokens()).isEqualTo(15);
            assertThat(step.attempt()).isEqualTo(2);
            assertThat(step.failure()).isNull();
            assertThat(step.progress()).isEqualTo("{\"progress\":0.5}");
        });
    }

    @Test
    void aPayloadKeepsItsKindAsText() {
        assertThat(Payload.decode(Payload.of("{}").encoded())).isEqualTo(Payload.EMPTY);
        Payload stored = new Payload.Stored("runs/1/a");
        assertThat(Payload.decode(stored.encoded())).isEqualTo(stored);
        assertThat(Payload.decode(Payload.of("\"@home\"").encoded())).isEqualTo(Payload.of("\"@home\""));
    }

    @Property
    void noStatusIsLeftForOneItCannotBecome(@ForAll RunStatus from, @ForAll RunStatus to) {
        Run run = in(from);

        assertThat(tries(run, to)).isEqualTo(from.canBecome(to));
        assertThat(run.status())
                .isEqualTo(from.canBecome(to) && to != RunStatus.SUSPENDED && to != RunStatus.PENDING ? to : from);
    }

    @Property
    void whateverHappensToAStepItHasALeaseExactlyWhileItRuns(@ForAll("acts") List<Act> acts) {
        Run run = started("a");
        int expected = 0;
        for (Act act : acts) {
            StepState before = run.step("a").orElseThrow();
            boolean allowed = before.status().canBecome(act.leadsTo);
            if (allowed) {
                act.on(run);
                expected += act == Act.LEASE ? 1 : 0;
            } else {
                assertThatThrownBy(() -> act.on(run)).isInstanceOf(IllegalStateException.class);
            }
            StepState step = run.step("a").orElseThrow();
            assertThat(step.lease() != null).isEqualTo(step.status() == StepStatus.RUNNING);
            assertThat(step.dueAt() != null).isEqualTo(step.status() == StepStatus.PENDING);
            assertThat(step.completedAt() != null).isEqualTo(!step.status().isOpen());
            assertThat(step.output() != null).isEqualTo(step.status() == StepStatus.COMPLETED);
            assertThat(step.attempt()).isEqualTo(expected);
        }
    }

    @Property
    @net.jqwik.api.Tag("K-22")
    void eventsAreNumberedWithoutGapsAcrossTransactions(@ForAll("counts") List<Integer> perTransaction) {
        Run run = newRun();
        List<Long> numbers = new ArrayList<>();
        for (int count : perTransaction) {
            for (int i = 0; i < count; i++) {
                run.record("stage:progress", NOW, "c", "{}");
            }
            run.recorded().forEach(event -> numbers.add(event.sequence()));
            run = run.committed();
        }

        assertThat(numbers)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, numbers.size()).boxed().toList());
        assertThat(run.state().lastSequence()).isEqualTo(numbers.size());
    }

    enum Act {
        LEASE(StepStatus.RUNNING),
        REQUEUE(StepStatus.PENDING),
        COMPLETE(StepStatus.COMPLETED),
        FAIL(StepStatus.FAILED),
        SKIP(StepStatus.SKIPPED);

        private final StepStatus leadsTo;

        Act(StepStatus leadsTo) {
            this.leadsTo = leadsTo;
        }

        void on(Run run) {
            switch (this) {
                case LEASE -> run.lease("a", lease("t"), NOW);
                case REQUEUE ->
                    run.requeue("a", NOW, run.step("a").orElseThrow().attempt(), BROKEN);
                case COMPLETE -> run.completeStep("a", OUTPUT, StepFigures.NONE, NOW);
                case FAIL -> run.endStep("a", StepStatus.FAILED, BROKEN, StepFigures.NONE, NOW);
                case SKIP -> run.endStep("a", StepStatus.SKIPPED, null, StepFigures.NONE, NOW);
            }
        }
    }

    @Provide
    Arbitrary<List<Act>> acts() {
        return Arbitraries.of(Act.values()).list().ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<Integer>> counts() {
        return Arbitraries.integers().between(0, 4).list().ofMaxSize(6);
    }

    /** Whether the run let itself be brought there. */
    private static boolean tries(Run run, RunStatus to) {
        try {
            switch (to) {
                case RUNNING -> run.start(NOW);
                case COMPLETED -> run.complete(OUTPUT, NOW);
                case FAILED -> run.fail(BROKEN, NOW);
                case CANCELLED -> run.cancel(BROKEN, NOW);
                case PENDING, SUSPENDED -> {
                    return run.status().canBecome(to);
                }
            }
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static Run in(RunStatus status) {
        RunState state = new RunState(status, false, 0, 0, NOW, null, null, null, 0, 0, 0, 1, null);
        return Run.load(newRun().header(), state, List.of(), null);
    }

    private static Run newRun() {
        RunHeader header = new RunHeader(new RunId("r"), "t", "w", 1, 5, "c", "p", null, NOW);
        return Run.create(header, new RunRequest(Payload.EMPTY, "{}", "{}"));
    }

    private static Run started(String... steps) {
        Run run = newRun();
        run.start(NOW);
        run.open(0, Arrays.stream(steps).map(RunTest::step).toList());
        return run.committed();
    }

    private static StepState step(String id) {
        return StepState.pending(id, id, StepKind.STAGE, 0, 0, NOW);
    }

    private static Lease lease(String token) {
        return new Lease(token, "node#1", NOW.plusSeconds(30));
    }
}
