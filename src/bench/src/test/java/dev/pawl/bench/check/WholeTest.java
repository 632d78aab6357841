package dev.pawl.bench.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.api.None;
import dev.pawl.api.Pipeline;
import dev.pawl.bench.pipeline.NoOpPipelines;
import dev.pawl.bench.pipeline.Sleeper;
import dev.pawl.bench.pipeline.ThreeCodeSteps;
import dev.pawl.bench.pipeline.Waiter;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The histories that figures are checked against are those the engine makes. */
class WholeTest {

    private static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {NoOpPipelines.THREE_STEPS, NoOpPipelines.FAN_OUT, NoOpPipelines.THREE_TRANSACTIONS})
    void aPipelinesHistoryIsWhole(String workflow) {
        TestEngine engine = TestEngine.with(new NoOpPipelines().workflows().toArray(Pipeline<?, ?>[]::new));
        assertWhole(engine.start(workflow, None.NONE), whole(workflow));
    }

    private static Whole whole(String workflow) {
        return switch (workflow) {
            case NoOpPipelines.THREE_STEPS -> Whole.THREE_STEPS;
            case NoOpPipelines.FAN_OUT -> Whole.FAN_OUT;
            default -> Whole.THREE_TRANSACTIONS;
        };
    }

    @Test
    void durableCodesHistoryIsWhole() {
        assertWhole(
                TestEngine.with(new ThreeCodeSteps()).start(ThreeCodeSteps.class, None.NONE), Whole.THREE_CODE_STEPS);
    }

    @Test
    void aSleepersHistoryIsWholeWhenItHasWokenUp() {
        TestEngine engine = TestEngine.with(new Sleeper());
        TestRun run = engine.start(Sleeper.class, new Sleeper.Alarm(LATER));
        engine.advance(Duration.ofDays(365 * 10));
        assertWhole(run, Whole.SLEEPER);
    }

    @Test
    void aWaitersHistoryIsWholeWhenItIsCalled() {
        TestEngine engine = TestEngine.with(new Waiter());
        TestRun run = engine.start(Waiter.class, new Waiter.For("me"));
        engine.publish(Waiter.CALLED, "me", None.NONE);
        assertWhole(run, Whole.WAITER);
    }

    private static void assertWhole(TestRun run, Whole whole) {
        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(whole.comparable(run.eventTypes())).isEqualTo(whole.comparable(whole.history()));
        assertThat(run.view().stages()).hasSize(whole.steps());
    }
}
