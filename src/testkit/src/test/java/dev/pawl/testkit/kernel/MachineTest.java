package dev.pawl.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.api.machine.StateMachine;
import dev.pawl.engine.command.CancelRun;
import dev.pawl.engine.command.PauseRun;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.command.RepairRuns;
import dev.pawl.engine.command.SendEvent;
import dev.pawl.engine.command.StartMachine;
import dev.pawl.engine.interpret.MachineCodeException;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.query.MachineQueries;
import dev.pawl.engine.query.RunView;
import dev.pawl.testkit.TestEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S-01")
class MachineTest {

    record Count(int value) {
        Count {
            if (value < 0) {
                throw new IllegalArgumentException("value must not be negative");
            }
        }
    }

    private final List<String> order = new ArrayList<>();

    private final TestEngine engine = TestEngine.with(StateMachine.named("counter", Count.class)
            .initial("open")
            .startingWith(() -> new Count(0))
            .transition("open", "add", "open")
            .when(ctx -> note("guard", true))
            .then(ctx -> {
                note("action", true);
                return new Count(ctx.data().value() + ctx.payload(Integer.class));
            })
            .transition("open", "break", "open")
            .then(ctx -> {
                throw new IllegalStateException("broken");
            })
            .transition("open", "close", "closed")
            .when(ctx -> ctx.data().value() > 0)
            .transition("open", "close", "empty")
            .transition("open", "never", "closed")
            .when(ctx -> false)
            .onEntry("open", ctx -> {
                note("entry", true);
                return ctx.data();
            })
            .onExit("open", ctx -> {
                note("exit", true);
                return ctx.data();
            })
            .build());

    private boolean note(String what, boolean answer) {
        order.add(what);
        return answer;
    }

    @Test
    void theFirstEventMakesTheInstanceAndGuardExitActionAndEntryFollowEachOther() {
        StartMachine.Instance moved = engine.send("counter", "c", "add", 2);

        assertThat(moved.data()).isEqualTo(JsonCodec.toTree(new Count(2)));
        assertThat(order).containsExactly("guard", "exit", "action", "entry");
        assertThat(engine.machine("counter", "c").orElseThrow().events())
                .containsExactly("add", "break", "close", "never");
        RunView run = view(moved);
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        assertThat(run.waiting()).extracting(RunView.Waiting::reason).containsExactly("EVENT");
        assertThat(run.correlationId()).isEqualTo("c");
    }

    @Test
    void theFirstLineWhoseGuardHoldsIsTakenAndAStateWithoutLinesEndsTheRun() {
        engine.send("counter", "full", "add", 1);
        assertThat(engine.send("counter", "full", "close", null).state()).isEqualTo("closed");
        StartMachine.Instance empty = engine.send("counter", "none", "close", null);
        assertThat(empty.state()).isEqualTo("empty");

        assertThat(view(empty).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(types(empty))
                .containsExactly(
                        "workflow:created",
                        "workflow:started",
                        "machine:started",
                        "machine:transitioned",
                        "workflow:completed");
        assertRefused("none", "add", RefusalCode.INVALID_TRANSITION, "Invalid transition add from state empty");
    }

    @Test
    void aRefusedFirstEventMakesNoInstance() {
        assertRefused("x", "never", RefusalCode.GUARD_FAILED, "Guard condition failed for never");
        assertRefused("x", "sing", RefusalCode.INVALID_TRANSITION, "Invalid transition sing from state open");

        assertThat(engine.machine("counter", "x")).isEmpty();
    }

    @Test
    void codeThatThrowsAndDataThatDoesNotFitLeaveEverythingAsItWas() {
        engine.send("counter", "c", "add", 5);

        assertThatThrownBy(() -> engine.send("counter", "c", "break", null))
                .isInstanceOf(MachineCodeException.class)
                .hasMessageContaining("instance 'c' of machine 'counter' in state 'open'")
                .hasMessageContaining("broken");
        assertThatThrownBy(() -> engine.send("counter", "c", "add", -6))
                .isInstanceOf(MachineCodeException.class)
                .hasMessageContaining("value must not be negative");
        assertRefused("c", "add", JsonCodec.toTree("many"), RefusalCode.INVALID_INPUT, "");

        assertThat(engine.machine("counter", "c").orElseThrow().data()).isEqualTo(JsonCodec.toTree(new Count(5)));
    }

    @Test
    @Tag("S-02")
    void eventsThatComeAtOnceAreHandledOneAfterTheOther() throws Exception {
        try (Cluster cluster = new Cluster(StateMachine.named("counter", Count.class)
                .initial("open")
                .startingWith(() -> new Count(0))
                .transition("open", "add", "open")
                .then(ctx -> new Count(ctx.data().value() + 1))
                .build())) {
            var nodes = List.of(cluster.node("one"), cluster.node("two"));
            var sent = new ArrayList<Future<?>>();
            for (int i = 0; i < 40; i++) {
                var node = nodes.get(i % 2);
                sent.add(cluster.elsewhere(
                        () -> Cluster.execute(node, new SendEvent("counter", "c", "add", JsonCodec.toTree(null)))));
            }
            for (var one : sent) {
                one.get();
            }
            assertThat(new MachineQueries(cluster.database.queries(), cluster.definitions)
                            .find("default", "counter", "c")
                            .orElseThrow()
                            .data())
                    .isEqualTo(JsonCodec.toTree(new Count(40)));
        }
    }

    @Test
    void aPausedInstanceRefusesEventsAndACancelledOneToo() {
        StartMachine.Instance instance = engine.send("counter", "c", "add", 1);
        engine.execute(new PauseRun(instance.run(), true));
        assertRefused("c", "add", RefusalCode.RUN_PAUSED, "is paused");
        engine.execute(new PauseRun(instance.run(), false));
        engine.execute(new CancelRun(instance.run(), "enough"));
        assertRefused("c", "add", RefusalCode.RUN_FINISHED, "CANCELLED");
    }

    @Test
    void anInstanceThatWaitsForYearsIsNotStuck() {
        engine.send("counter", "c", "add", 1);
        engine.advance(Duration.ofDays(700));
        assertThat(engine.execute(new RepairRuns(10)).runs()).isEmpty();
        assertThat(engine.send("counter", "c", "close", null).state()).isEqualTo("closed");
    }

    @Test
    void whatDoesNotExistIsNotFoundAndAnInstanceStartsOnce() {
        assertThatThrownBy(() -> engine.send("nothing", "c", "add", 1))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.refusal().code()).isEqualTo(RefusalCode.MACHINE_NOT_FOUND));
        engine.execute(new StartMachine("counter", "c", JsonCodec.toTree(new Count(3))));
        assertThatThrownBy(() -> engine.execute(new StartMachine("counter", "c", JsonCodec.toTree(new Count(3)))))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.refusal().code()).isEqualTo(RefusalCode.INSTANCE_EXISTS));
    }

    private RunView view(StartMachine.Instance instance) {
        return engine.database().queries().find("default", instance.run()).orElseThrow();
    }

    private List<String> types(StartMachine.Instance instance) {
        return engine.database().queries().events(instance.run(), 0, 100).items().stream()
                .map(event -> event.type())
                .toList();
    }

    private void assertRefused(String instance, String event, RefusalCode code, String message) {
        assertRefused(instance, event, 1, code, message);
    }

    private void assertRefused(String instance, String event, Object payload, RefusalCode code, String message) {
        assertThatThrownBy(() -> engine.send("counter", instance, event, payload))
                .isInstanceOfSatisfying(RefusedException.class, e -> {
                    assertThat(e.refusal().code()).isEqualTo(code);
                    assertThat(e.refusal().message()).contains(message);
                });
    }
}
