package dev.pawl.ejb.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.api.Pipeline;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.local.CommandRefusedException;
import dev.pawl.api.local.FieldProblem;
import dev.pawl.api.local.RunSnapshot;
import dev.pawl.api.local.RunStatus;
import dev.pawl.api.local.StartOptions;
import dev.pawl.api.local.Workflows;
import dev.pawl.engine.command.Identity;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.interpret.PipelineDefinition;
import dev.pawl.engine.model.WorkerId;
import dev.pawl.engine.work.FinishedRuns;
import dev.pawl.engine.work.WorkerSettings;
import dev.pawl.testkit.InMemoryEventSink;
import dev.pawl.testkit.InMemoryNode;
import dev.pawl.testkit.ManualClock;
import dev.pawl.testkit.ManualLater;
import dev.pawl.testkit.SequentialIds;
import dev.pawl.testkit.memory.InMemoryDatabase;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("K-31")
class CallWorkflowsTest {

    record Greeting(String to) {}

    static final class Greet implements Stage<Greeting, Greeting> {
        @Override
        public Greeting execute(StageContext context, Greeting input) {
            return input;
        }
    }

    private static final Pipeline<Greeting, Greeting> GREET =
            Pipeline.named("greet", Greeting.class).then(new Greet()).build();

    private final ManualClock clock = new ManualClock();
    private final InMemoryDatabase database = new InMemoryDatabase(clock);
    private final InMemoryNode node = new InMemoryNode(
            new InMemoryNode.World(
                    database, clock, new SequentialIds(), () -> 0.5, new InMemoryEventSink(database.afterCommit())),
            new Definitions(List.of(new PipelineDefinition(GREET))),
            new WorkerId("node", "1"),
            Runnable::run,
            WorkerSettings.DEFAULT);
    private final ManualLater later = new ManualLater(clock);
    private Optional<Identity> user = Optional.empty();
    private final Workflows workflows = new CallWorkflows(
            new SendCommand(node.commands(), () -> user),
            database.queries(),
            new FinishedRuns(database.queries(), Runnable::run, later, clock));

    @Test
    void whoStartsARunIsToldHowItEnds() throws InterruptedException {
        String run = workflows.start(GREET, new Greeting("you"));
        var end = workflows.whenEnded(run, Duration.ofSeconds(10)).toCompletableFuture();
        var none = workflows.whenEnded("x".repeat(65), Duration.ofSeconds(10)).toCompletableFuture();

        later.advance(Duration.ofSeconds(1));

        assertThat(end.join()).map(Workflows.RunEnd::status).contains(RunStatus.COMPLETED);
        assertThat(none.join()).isEmpty();
        assertThat(workflows.awaitEnd("x".repeat(65), Duration.ofSeconds(10))).isEmpty();
    }

    @Test
    void aRunIsStartedAsTheAuthenticatedCallerAndFoundByItsTenant() {
        user = Optional.of(Identity.of("anna", List.of("tenant:bistro"), Optional.empty()));

        String run = workflows.start(
                GREET,
                new Greeting("you"),
                StartOptions.NONE.withPriority(7).withCorrelationId("c1").withMetadata("table", 4));

        RunSnapshot found = workflows.find(run).orElseThrow();
        assertThat(found.principal()).isEqualTo("anna");
        assertThat(found.priority()).isEqualTo(7);
        assertThat(found.correlationId()).isEqualTo("c1");
        assertThat(found.metadata()).isEqualTo(Map.of("table", 4));
        assertThat(found.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(workflows.output(run, Greeting.class)).contains(new Greeting("you"));
        user = Optional.empty();
        assertThat(workflows.find(run)).isEmpty();
        assertThat(workflows.output(run, Greeting.class)).isEmpty();
    }

    @Test
    void aRefusalTellsItsCodeAndWhatIsWrong() {
        assertThatThrownBy(() -> workflows.start("greet", Map.of("to", 7)))
                .isInstanceOfSatisfying(CommandRefusedException.class, refused -> {
                    assertThat(refused.code()).isEqualTo("INVALID_INPUT");
                    assertThat(refused.errors()).containsExactly(new FieldProblem("/input/to", "a string is expected"));
                });
        assertThatThrownBy(() -> workflows.pause("nobody"))
                .isInstanceOfSatisfying(CommandRefusedException.class, refused -> assertThat(refused.code())
                        .isEqualTo("RUN_NOT_FOUND"));
        assertThatThrownBy(() -> workflows.withIdempotencyKey(" ").pause("nobody"))
                .isInstanceOfSatisfying(CommandRefusedException.class, refused -> assertThat(refused.code())
                        .isEqualTo("VALIDATION_FAILED"));
        assertThatThrownBy(() -> workflows.cancel("", null))
                .isInstanceOfSatisfying(CommandRefusedException.class, refused -> assertThat(refused.code())
                        .isEqualTo("RUN_NOT_FOUND"));
    }

    @Test
    @Tag("K-03")
    void theSameKeyIsAnsweredAlikeForEveryCommand() {
        StartOptions keyed = StartOptions.NONE.withIdempotencyKey("k1");
        String run = workflows.start("greet", new Greeting("you"), keyed);

        assertThat(workflows.start("greet", Map.of("to", "you"), keyed)).isEqualTo(run);
        assertThatThrownBy(() -> workflows.start("greet", new Greeting("me"), keyed))
                .hasMessageStartingWith("IDEMPOTENCY_KEY_REUSED");
        Workflows again = workflows.withIdempotencyKey("k2");
        assertThat(again.cancel(run, "late")).isEqualTo(new Workflows.Cancellation(false, RunStatus.COMPLETED));
        assertThat(again.cancel(run, "late")).isEqualTo(new Workflows.Cancellation(false, RunStatus.COMPLETED));
        assertThatThrownBy(() -> again.pause(run)).hasMessageStartingWith("RUN_FINISHED");
        assertThat(again.transition(run)).isEqualTo(Workflows.Transition.NOOP);
    }

    @Test
    void everyStatusOfTheEngineHasItsName() {
        assertThat(Arrays.stream(RunStatus.values()).map(Enum::name))
                .containsExactlyElementsOf(Arrays.stream(dev.pawl.engine.model.RunStatus.values())
                        .map(Enum::name)
                        .toList());
        for (RunStatus status : RunStatus.values()) {
            assertThat(status.isFinished())
                    .isEqualTo(dev.pawl.engine.model.RunStatus.valueOf(status.name())
                            .isFinished());
        }
    }
}
