package dev.pawl.testkit.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.NonRetryableException;
import dev.pawl.api.None;
import dev.pawl.api.Retry;
import dev.pawl.api.Saga;
import dev.pawl.api.StepFailedException;
import dev.pawl.api.StepOptions;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("W-09")
class SagasTest {

    private final Effects effects = new Effects();

    @Workflow("booking")
    final class Booking implements DurableWorkflow<None, String> {
        @Override
        public String run(WorkflowContext ctx, None nothing) {
            Saga saga = ctx.saga();
            return saga.run(() -> {
                for (String what : List.of("flight", "hotel", "car")) {
                    saga.onFailure(
                            "cancel-" + what,
                            StepOptions.retry(Retry.fixed(3, Duration.ofSeconds(10))),
                            () -> effects.happen("cancel " + what));
                    ctx.step("book-" + what, StepOptions.once(), () -> effects.happen("book " + what));
                }
                ctx.sleep(Duration.ofDays(1));
                return "booked";
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"flight", "hotel", "car"})
    void whatWasDoneIsUndoneInReverseOrderWhereverItFails(String failing) {
        TestEngine engine = TestEngine.with(new Booking())
                .failStep("book-" + failing, 1, new NonRetryableException("SOLD_OUT", failing))
                .crashAfter("cancel-flight");

        TestRun run = engine.start(Booking.class, None.NONE);

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.error().orElseThrow().code()).as("the original error").isEqualTo("SOLD_OUT");
        List<String> undone = effects.all().stream()
                .filter(effect -> effect.startsWith("cancel"))
                .toList();
        List<String> begun = List.of("flight", "hotel", "car")
                .subList(0, List.of("flight", "hotel", "car").indexOf(failing) + 1);
        assertThat(undone)
                .as("the last one was cut off once")
                .hasSize(begun.size() + 1)
                .first()
                .isEqualTo("cancel " + failing);
        assertThat(undone.get(undone.size() - 1)).isEqualTo("cancel flight");
    }

    @Test
    void compensationsHaveRetriesAndTheirErrorsAreCollected() {
        @Workflow("told")
        class Told implements DurableWorkflow<None, String> {
            @Override
            public String run(WorkflowContext ctx, None nothing) {
                try {
                    return new Booking().run(ctx, nothing);
                } catch (StepFailedException e) {
                    return e.code() + " and "
                            + Arrays.stream(e.getSuppressed())
                                    .map(StepFailedException.class::cast)
                                    .map(StepFailedException::stepId)
                                    .toList();
                }
            }
        }
        TestEngine engine = TestEngine.with(new Told())
                .failStep("book-car", 1, new NonRetryableException("SOLD_OUT", "car"))
                .failStep("cancel-car", 2, new IOException("down"))
                .failStep("cancel-hotel", 3, new IOException("down"));

        TestRun run = engine.start(Told.class, None.NONE);
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        engine.deploy(new Told());
        engine.advance(Duration.ofMinutes(1));

        assertThat(run.output(String.class)).isEqualTo("SOLD_OUT and [saga#1/cancel-hotel#1]");
        assertThat(effects.all()).containsExactly("book flight", "book hotel", "cancel car", "cancel flight");
    }

    @Test
    void withoutAFailureNothingIsUndone() {
        TestEngine engine = TestEngine.with(new Booking());
        TestRun run = engine.start(Booking.class, None.NONE);
        engine.advance(Duration.ofDays(1));

        assertThat(run.output(String.class)).isEqualTo("booked");
        assertThat(effects.all()).containsExactly("book flight", "book hotel", "book car");
    }

    @Test
    @Tag("K-10")
    void aCancelledRunCompensatesWhenAsked() {
        TestEngine engine = TestEngine.with(new Booking()).crashAfter("cancel-hotel");
        TestRun run = engine.start(Booking.class, None.NONE);

        assertThat(run.cancelAndCompensate("changed my mind").cancelled()).isTrue();

        assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(run.error().orElseThrow().message()).isEqualTo("changed my mind");
        assertThat(effects.all())
                .containsExactly(
                        "book flight",
                        "book hotel",
                        "book car",
                        "cancel car",
                        "cancel hotel",
                        "cancel hotel",
                        "cancel flight");
        assertThat(run.eventTypes()).containsSubsequence("workflow:cancelling", "workflow:cancelled");
        assertThat(run.cancelAndCompensate("again").cancelled()).isFalse();
    }

    @Test
    @Tag("K-10")
    void aCancelledRunDoesNotCompensateOtherwise() {
        TestEngine engine = TestEngine.with(new Booking());
        TestRun run = engine.start(Booking.class, None.NONE);
        run.cancel("at once");
        engine.advance(Duration.ofDays(2));

        assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
        assertThat(effects.all()).hasSize(3);
    }

    @Test
    void compensationsRegisteredInBranchesAreUndoneInTheOrderOfTheCode() {
        @Workflow("branches")
        class Branches implements DurableWorkflow<None, String> {
            @Override
            public String run(WorkflowContext ctx, None nothing) {
                Saga saga = ctx.saga();
                return saga.run(() -> {
                    saga.onFailure("undo-first", () -> effects.happen("undo first"));
                    ctx.parallel(
                            "both",
                            List.of(
                                    c -> {
                                        saga.onFailure("undo-a", () -> effects.happen("undo a"));
                                        return c.step("a", String.class, () -> "a");
                                    },
                                    c -> {
                                        saga.onFailure("undo-b", () -> effects.happen("undo b"));
                                        return c.step("b", String.class, () -> "b");
                                    }));
                    saga.onFailure("undo-last", () -> effects.happen("undo last"));
                    ctx.step("last", StepOptions.once(), () -> {
                        throw new NonRetryableException("NO", "no");
                    });
                    return "done";
                });
            }
        }
        TestRun run = TestEngine.with(new Branches()).start(Branches.class, None.NONE);

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(effects.all()).containsExactly("undo last", "undo b", "undo a", "undo first");
    }
}
