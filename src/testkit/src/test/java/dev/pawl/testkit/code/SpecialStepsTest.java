package dev.pawl.testkit.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.NonRetryableException;
import dev.pawl.api.None;
import dev.pawl.api.Retry;
import dev.pawl.api.StepFailedException;
import dev.pawl.api.StepOptions;
import dev.pawl.api.TypeRef;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.engine.model.StepStatus;
import dev.pawl.engine.query.StepView;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Steps inside the engine's transaction, and steps that take too long. */
class SpecialStepsTest {

    private final Effects effects = new Effects();
    private final List<String> rows = new ArrayList<>();
    private TestEngine engine = TestEngine.with(new DurableWorkflow<?, ?>[0]);

    /** A row of a business table. */
    private String insert(String row) {
        effects.happen("insert " + row);
        engine.database().atCommit().run(() -> rows.add(row));
        return row;
    }

    @Workflow("booking")
    final class Booking implements DurableWorkflow<None, String> {
        @Override
        public String run(WorkflowContext ctx, None nothing) {
            boolean outside =
                    ctx.step("look", Boolean.class, () -> engine.database().isInTransaction());
            try {
                String row = ctx.transaction(
                        "book",
                        TypeRef.of(String.class),
                        StepOptions.retry(Retry.fixed(2, Duration.ofSeconds(5))),
                        step -> insert("attempt " + step.attempt()));
                return row + " " + outside;
            } catch (StepFailedException e) {
                return e.code() + " " + e.attempts();
            }
        }
    }

    private TestRun start() {
        TestRun run = engine.start(Booking.class, None.NONE);
        engine.advance(Duration.ofMinutes(1));
        return run;
    }

    @Test
    @Tag("K-29")
    void whatATransactionalStepWritesCommitsWithItsRecord() {
        engine = TestEngine.with(new Booking());

        assertThat(start().output(String.class)).isEqualTo("attempt 1 false");
        assertThat(rows).containsExactly("attempt 1");
    }

    @Test
    @Tag("K-29")
    @Tag("K-30")
    void aCrashBeforeTheCommitLeavesNothingBehindAndCountsNoAttempt() {
        engine = TestEngine.with(new Booking()).crashAfter("book", 2);

        assertThat(start().output(String.class)).isEqualTo("attempt 1 false");
        assertThat(rows).containsExactly("attempt 1");
        assertThat(effects.count("insert attempt 1")).isEqualTo(3);
    }

    @Test
    @Tag("K-29")
    @Tag("W-06")
    void whatThrowsIsRolledBackAndTriedAgainInATransactionOfItsOwn() {
        @Workflow("flaky")
        class Flaky implements DurableWorkflow<None, String> {
            @Override
            public String run(WorkflowContext ctx, None nothing) {
                return ctx.transaction(
                        "book",
                        TypeRef.of(String.class),
                        StepOptions.retry(Retry.fixed(3, Duration.ofSeconds(5))),
                        step -> {
                            String row = insert("attempt " + step.attempt());
                            if (step.attempt() < 3) {
                                throw new IOException("not yet");
                            }
                            return row;
                        });
            }
        }
        engine = TestEngine.with(new Flaky());
        TestRun run = engine.start(Flaky.class, None.NONE);
        engine.advance(Duration.ofMinutes(1));

        assertThat(run.output(String.class)).isEqualTo("attempt 3");
        assertThat(rows).containsExactly("attempt 3");
        assertThat(effects.all()).hasSize(3);
        assertThat(run.eventTypes()).containsSubsequence("step:retrying", "step:retrying", "step:completed");
    }

    @Test
    @Tag("K-29")
    @Tag("W-08")
    void aTransactionThatFailsForGoodWritesNothingButItsFailureWhichIsCatchable() {
        engine = TestEngine.with(new Booking()).failStep("book", 1, new NonRetryableException("NO_STOCK", "sold out"));
        TestRun run = start();

        assertThat(run.output(String.class)).isEqualTo("NO_STOCK 1");
        assertThat(rows).isEmpty();
        assertThat(run.steps().get(1))
                .extracting(StepView::kind, StepView::status)
                .containsExactly("transaction", StepStatus.FAILED);
    }

    @Workflow("slow")
    final class Slow implements DurableWorkflow<None, String> {
        @Override
        public String run(WorkflowContext ctx, None nothing) {
            try {
                return ctx.step(
                        "slow",
                        String.class,
                        StepOptions.retry(Retry.fixed(2, Duration.ofSeconds(5))).withTimeout(Duration.ofMinutes(1)),
                        step -> {
                            effects.happen("attempt " + step.attempt());
                            takeTime(step.attempt() == 1 ? Duration.ofSeconds(61) : time);
                            return "in time " + step.isCancelled();
                        });
            } catch (StepFailedException e) {
                return ctx.step("fallback", String.class, () -> e.code() + " after " + e.attempts());
            }
        }
    }

    private Duration time = Duration.ofSeconds(61);

    /** What the server's heartbeat notices while code runs for this long. */
    private void takeTime(Duration howLong) throws InterruptedException {
        engine.clock().advance(howLong);
        engine.node().heartbeat().beat();
        if (Thread.interrupted()) {
            effects.happen("interrupted");
            throw new InterruptedException("too slow");
        }
    }

    @Test
    @Tag("W-07")
    void aStepThatTakesTooLongIsInterruptedTriedAgainAndFailsCatchably() {
        engine = TestEngine.with(new Slow());
        TestRun run = engine.start(Slow.class, None.NONE);
        engine.advance(Duration.ofMinutes(5));

        assertThat(run.output(String.class)).isEqualTo("STEP_TIMEOUT after 2");
        assertThat(effects.count("interrupted")).isEqualTo(2);
        assertThat(run.eventTypes()).containsSubsequence("step:retrying", "step:failed", "step:completed");
        assertThat(Thread.interrupted()).as("nothing is left behind").isFalse();
    }

    @Test
    @Tag("W-07")
    void anAttemptThatIsInTimeEndsTheStep() {
        time = Duration.ofSeconds(59);
        engine = TestEngine.with(new Slow());
        TestRun run = engine.start(Slow.class, None.NONE);
        engine.advance(Duration.ofMinutes(5));

        assertThat(run.output(String.class)).isEqualTo("in time false");
        assertThat(effects.count("interrupted")).isEqualTo(1);
    }
}
