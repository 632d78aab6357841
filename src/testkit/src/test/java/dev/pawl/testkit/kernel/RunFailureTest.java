package dev.pawl.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.api.NonRetryableException;
import dev.pawl.api.Retry;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepStatus;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("K-08")
class RunFailureTest {

    private static final Retry TWICE = Retry.fixed(2, Duration.ofSeconds(10));

    private final TestEngine engine = TestEngine.with(
            Flows.group("pair", TextStage.append("flaky").with(TWICE), TextStage.append("fine")),
            Flows.line("line", "a", "b"));

    @Test
    void aSiblingWithARetryPendingDoesNotFailTheRun() {
        engine.failStage("flaky", 1, new IOException("try again"));

        TestRun run = engine.start("pair", Flows.HELLO);

        assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(run.stage("fine").status()).isEqualTo(StepStatus.COMPLETED);
        assertThat(run.stage("flaky").status()).isEqualTo(StepStatus.PENDING);

        engine.advance(Duration.ofSeconds(10));

        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.executions("fine")).isEqualTo(1);
        assertThat(run.executions("flaky")).isEqualTo(2);
    }

    @Test
    void usedUpAttemptsFailTheRunWithTheStagesOwnError() {
        engine.failStage("flaky", 2, new IOException("the disk is full"));
        TestRun run = engine.start("pair", Flows.HELLO);

        engine.advance(Duration.ofSeconds(10));

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.error()).contains(new Failure("STAGE_FAILED", "java.io.IOException: the disk is full", "flaky"));
        assertThat(run.stage("flaky").error()).isEqualTo(run.error().orElseThrow());
        assertThat(run.stage("fine").status()).isEqualTo(StepStatus.COMPLETED);
    }

    @Test
    void aFailureClosesWhatIsOpenBesideIt() {
        TestEngine pair = TestEngine.with(Flows.group(
                "pair",
                TextStage.append("fine").with(TWICE),
                TextStage.append("flaky").with(TWICE)));
        pair.failStage("fine", 1, new IOException("later"))
                .failStage("flaky", 1, new NonRetryableException("BROKEN", "for good"));

        TestRun run = pair.start("pair", Flows.HELLO);

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.error()).contains(new Failure("BROKEN", "for good", "flaky"));
        assertThat(run.stage("fine").status()).isEqualTo(StepStatus.CANCELLED);
        pair.advance(Duration.ofMinutes(1));
        assertThat(run.executions("fine")).isEqualTo(1);
        assertThat(run.eventTypes()).endsWith("stage:failed", "workflow:failed");
    }

    @Test
    void laterStagesAreNotBegun() {
        engine.failStage("a", 1, new NonRetryableException("BROKEN", "for good"));

        TestRun run = engine.start("line", Flows.HELLO);

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.attempts("b")).isZero();
        assertThat(run.view().completedAt()).isEqualTo(engine.clock().now());
    }

    @Test
    @Tag("K-17")
    void byDefaultThereAreThreeAttemptsTwoAndFourSecondsApart() {
        engine.failStage("a", 3, new IOException("no"));
        Instant begin = engine.clock().now();

        TestRun run = engine.start("line", Flows.HELLO);
        assertThat(run.waitsUntil()).contains(begin.plusSeconds(2));
        engine.advance(Duration.ofMillis(1_999));
        assertThat(run.executions("a")).isEqualTo(1);
        engine.advance(Duration.ofMillis(1));
        assertThat(run.executions("a")).isEqualTo(2);
        assertThat(run.waitsUntil()).contains(begin.plusSeconds(6));
        engine.advance(Duration.ofMillis(3_999));
        assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
        engine.advance(Duration.ofMillis(1));

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.attempts("a")).isEqualTo(3);
        assertThat(run.view().completedAt()).isEqualTo(begin.plusSeconds(6));
        assertThat(run.eventTypes())
                .containsExactly(
                        "workflow:created",
                        "workflow:started",
                        "stage:started",
                        "stage:retrying",
                        "stage:retrying",
                        "stage:failed",
                        "workflow:failed");
        assertThat(run.events().get(3).payload().get("nextAttemptAt").asText())
                .isEqualTo(begin.plusSeconds(2).toString());
    }

    @Test
    @Tag("K-17")
    void aRetryThatSucceedsLeavesNoErrorBehind() {
        engine.failStage("a", 2, new IOException("no"));
        TestRun run = engine.start("line", Flows.HELLO);

        engine.advance(Duration.ofSeconds(6));

        assertThat(run.output(Text.class)).isEqualTo(new Text("hello+a+b"));
        assertThat(run.stage("a").error()).isNull();
        assertThat(run.error()).isEmpty();
        assertThat(run.attempts("a")).isEqualTo(3);
        assertThat(run.attempts("b")).isEqualTo(1);
    }

    @Test
    @Tag("K-17")
    void namedExceptionsAndTheirSubclassesEndTheAttempts() {
        TestEngine strict = TestEngine.with(
                        Flows.line("strict", TextStage.append("a").with(TWICE.notFor(IOException.class))))
                .failStage("a", 1, new FileNotFoundException("gone"));

        assertThat(strict.start("strict", Flows.HELLO).status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    @Tag("K-17")
    void errorsThatARecordRaisesAboutItsOutputAreNotRetried() {
        TestEngine strict = TestEngine.with(Flows.line("strict", TextStage.append("a")));
        strict.mockStage("a", input -> List.of());

        TestRun run = strict.start("strict", Flows.HELLO);

        assertThat(run.executions("a")).isEqualTo(1);
        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    }

    @Test
    @Tag("K-17")
    void jitterLiesBetweenTheUnreplacedPartAndTheWhole() {
        Retry jittered = Retry.fixed(20, Duration.ofSeconds(100)).withJitter(0.5);
        TestEngine random = TestEngine.with(
                        Flows.line("random", TextStage.append("a").with(jittered)))
                .failStage("a", 19, new IOException("no"));
        TestRun run = random.start("random", Flows.HELLO);
        Set<Duration> delays = new HashSet<>();

        for (int i = 0; i < 19; i++) {
            Duration delay =
                    Duration.between(random.clock().now(), run.waitsUntil().orElseThrow());
            assertThat(delay).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(100));
            delays.add(delay);
            random.advance(delay);
        }

        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(delays).as("no two alike").hasSize(19);
    }

    @Test
    @Tag("K-17")
    void anAssertionOrAMissingClassIsAFailureLikeAnyOther() {
        TestEngine broken = TestEngine.with(Flows.line(
                "broken",
                TextStage.of("a", (context, input) -> {
                            throw context.attempt() == 1
                                    ? new NoClassDefFoundError("com/acme/Gone")
                                    : new AssertionError("odd");
                        })
                        .with(TWICE)));

        TestRun run = broken.start("broken", Flows.HELLO);
        assertThat(run.stage("a").error().message()).contains("com/acme/Gone");
        broken.advance(Duration.ofSeconds(10));

        assertThat(run.error()).map(Failure::message).get().asString().contains("odd");
    }
}
