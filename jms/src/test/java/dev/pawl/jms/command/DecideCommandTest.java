package dev.pawl.jms.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.pawl.engine.command.CancelRun;
import dev.pawl.engine.command.ClaimPending;
import dev.pawl.engine.command.CreateRun;
import dev.pawl.engine.command.FlushOutbox;
import dev.pawl.engine.command.PauseRun;
import dev.pawl.engine.command.PollSuspended;
import dev.pawl.engine.command.ReapStale;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.command.RepairRuns;
import dev.pawl.engine.command.RerunFrom;
import dev.pawl.engine.command.RetryRun;
import dev.pawl.engine.command.SignalRun;
import dev.pawl.engine.command.TransitionRun;
import dev.pawl.engine.json.FieldError;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StepKey;
import dev.pawl.manifest.runtime.CommandCall;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecideCommandTest {

    private final FakeKernel kernel = new FakeKernel();
    private final FakeEntities entities = new FakeEntities();
    private final DecideCommand commands = new DecideCommand(kernel, kernel, new DecideEntityCommand(entities));

    @Test
    @Tag("E-03")
    void aCommandIsCarriedOutAndItsResultAnswered() {
        Decision decision = commands.decide(asked(
                "{\"type\":\"run.create\",\"workflowId\":\"greet\",\"input\":{\"name\":\"Ada\"},\"priority\":7}"));

        CreateRun create = (CreateRun) kernel.envelopes.get(0).command();
        assertThat(create.workflowId()).isEqualTo("greet");
        assertThat(create.input()).hasToString("{\"name\":\"Ada\"}");
        assertThat(create.priority()).isEqualTo(7);
        assertThat(answer(decision)).isEqualTo("{\"ok\":true,\"result\":{\"runId\":\"r1\",\"status\":\"PENDING\"}}");
    }

    @Test
    void everyKernelCommandHasItsRecord() {
        send("{\"type\":\"run.claimPending\",\"maxClaims\":7}");
        send("{\"type\":\"run.transition\",\"runId\":\"r1\"}");
        send("{\"type\":\"run.cancel\",\"runId\":\"r1\",\"reason\":\"late\"}");
        send("{\"type\":\"run.pause\",\"runId\":\"r1\"}");
        send("{\"type\":\"run.resume\",\"runId\":\"r1\"}");
        send("{\"type\":\"lease.reapStale\"}");
        send("{\"type\":\"outbox.flush\",\"max\":3}");
        send("{\"type\":\"run.retry\",\"runId\":\"r1\"}");
        send("{\"type\":\"run.rerunFrom\",\"runId\":\"r1\",\"fromStageId\":\"a\",\"allowCancelled\":true}");
        send("{\"type\":\"run.signal\",\"runId\":\"r1\",\"name\":\"go\",\"data\":7}");
        send("{\"type\":\"run.repair\",\"max\":3}");
        send("{\"type\":\"stage.pollSuspended\",\"runId\":\"r1\"}");

        RunId run = new RunId("r1");
        assertThat(kernel.envelopes)
                .extracting(envelope -> (Object) envelope.command())
                .containsExactly(
                        new ClaimPending(7),
                        new TransitionRun(run),
                        new CancelRun(run, "late"),
                        new PauseRun(run, true),
                        new PauseRun(run, false),
                        new ReapStale(100),
                        new FlushOutbox(3),
                        new RetryRun(run),
                        new RerunFrom(run, "a", null, true),
                        new SignalRun(run, "go", IntNode.valueOf(7)),
                        new RepairRuns(3),
                        new PollSuspended(100, run));
    }

    @Test
    @Tag("K-03")
    void theSendersKeyOrElseTheMessageIdIsTheIdempotencyKey() {
        commands.decide(new Incoming("{\"type\":\"lease.reapStale\"}", "ID:1", Optional.of("mine"), true));
        commands.decide(new Incoming("{\"type\":\"lease.reapStale\"}", "ID:2", Optional.empty(), true));

        assertThat(kernel.envelopes.get(0).idempotencyKey()).contains("mine");
        assertThat(kernel.envelopes.get(1).idempotencyKey()).contains("ID:2");
        assertThat(kernel.envelopes.get(0).causationId()).contains("ID:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "run.create",
                "[]",
                "{}",
                "{\"type\":7}",
                "{\"type\":\"run.create\"}",
                "{\"type\":\"run.create\",\"workflowId\":\"greet\",\"colour\":\"red\"}",
                "{\"type\":\"run.create\",\"workflowId\":\"greet\",\"priority\":\"high\"}",
                "{\"type\":\"run.create\",\"workflowId\":null}",
                "{\"type\":\"run.cancel\",\"runId\":7}",
                "{\"type\":\"run.cancel\",\"runId\":\"a\\u0000b\"}",
                "{\"type\":\"run.claimPending\",\"maxClaims\":0}",
                "{\"type\":\"job.execute\",\"runId\":\"r1\"}",
                "{\"type\":\"entity.command\",\"entity\":\"Order\"}",
                "{\"type\":\"entity.command\",\"entity\":\"Order\",\"command\":\"pay\",\"input\":[]}",
                "{\"type\":\"run.pause\",\"runId\":\"r1\"} trailing"
            })
    void whatDoesNotFitIsBuriedWithTheReasonAndReachesNoCommand(String text) {
        Decision decision = commands.decide(asked(text));

        assertThat(decision).isInstanceOfSatisfying(Decision.Bury.class, bury -> {
            assertThat(bury.reason()).startsWith("VALIDATION_FAILED: ");
            assertThat(bury.reply().ok()).isFalse();
        });
        assertThat(kernel.envelopes).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"type\":\"run.claimPending\",\"maxClaims\":1001}', /maxClaims",
        "'{\"type\":\"lease.reapStale\",\"max\":0}', /max",
        "'{\"type\":\"run.cancel\"}', /runId",
        "'{\"type\":\"run.rerunFrom\",\"runId\":\"r1\"}', /fromStageId"
    })
    void whatDoesNotFitIsPointedAt(String text, String pointer) {
        Decision decision = commands.decide(asked(text));

        assertThat(((Decision.Bury) decision).reply().error().errors())
                .extracting(FieldError::pointer)
                .containsExactly(pointer);
    }

    @Test
    void anUnknownCommandIsBuriedNamingTheKnownOnes() {
        Decision decision = commands.decide(asked("{\"type\":\"run.fly\"}"));

        assertThat(((Decision.Bury) decision).reason())
                .startsWith("UNKNOWN_COMMAND: ")
                .contains("run.fly", "run.create");
    }

    @Test
    void aRefusalIsAnsweredOrElseBuried() {
        String text = "{\"type\":\"run.create\",\"workflowId\":\"nobody\"}";

        assertThat(answer(commands.decide(asked(text)))).contains("\"ok\":false", "WORKFLOW_NOT_FOUND");
        assertThat(commands.decide(new Incoming(text, "ID:1", Optional.empty(), false)))
                .isInstanceOf(Decision.Bury.class);
    }

    @Test
    void whatPassesByItselfIsLeftToRedelivery() {
        kernel.refusal = Refusal.of(RefusalCode.IDEMPOTENCY_IN_PROGRESS, "another one is at it");

        assertThatThrownBy(() -> send("{\"type\":\"lease.reapStale\"}")).isInstanceOf(RefusedException.class);
    }

    @Test
    void anUnusableKeyIsRefused() {
        Decision decision =
                commands.decide(new Incoming("{\"type\":\"lease.reapStale\"}", "ID:1", Optional.of(" "), false));

        assertThat(((Decision.Bury) decision).reason()).startsWith("VALIDATION_FAILED");
    }

    @Test
    @Tag("K-13")
    void aJobGoesToAWorkerUnlessItIsDone() {
        String done = "{\"type\":\"job.execute\",\"runId\":\"r1\",\"stageId\":\"done\"}";
        String open = "{\"type\":\"job.execute\",\"runId\":\"r1\",\"stageId\":\"open\"}";
        String nowhere = "{\"type\":\"job.execute\",\"runId\":\"r2\",\"stageId\":\"open\"}";

        StepKey step = new StepKey(new RunId("r1"), "open");
        assertThat(answer(commands.decide(asked(done))))
                .isEqualTo("{\"ok\":true,\"result\":{\"runId\":\"r1\",\"stageId\":\"done\",\"answer\":\"COMPLETED\","
                        + "\"output\":\"stored\"}}");
        assertThat(commands.decide(asked(open))).isEqualTo(new Decision.HandOn(step, false));
        assertThat(commands.decide(new Incoming(open, "ID:1", Optional.of("mine"), true)))
                .isEqualTo(new Decision.HandOn(step, true));
        assertThat(answer(commands.decide(asked(nowhere)))).contains("RUN_NOT_FOUND");
    }

    @Test
    @Tag("M-18")
    void anEntityCommandIsAnsweredWithItsResult() {
        entities.refusal = null;
        Decision decision = commands.decide(asked("{\"type\":\"entity.command\",\"entity\":\"Order\",\"id\":\"o1\","
                + "\"command\":\"pay\",\"input\":{\"amount\":5},\"expectedVersion\":3,\"correlationId\":\"flow\"}"));

        assertThat(((Decision.Result) decision).result())
                .hasToString("{\"success\":true,\"result\":7,\"constraintOutcomes\":[],\"emittedEvents\":[],"
                        + "\"correlationId\":\"flow\",\"causationId\":\"c\",\"ok\":true}");
        CommandCall call = entities.calls.get(0);
        assertThat(call.type()).isEqualTo("Order.pay");
        assertThat(call.instanceId()).isEqualTo("o1");
        assertThat(call.input()).hasToString("{\"amount\":5}");
        assertThat(call.options().expectedVersion()).isEqualTo(3);
        assertThat(call.options().idempotencyKey()).isEqualTo("ID:1");
        assertThat(call.caller().userId()).isEmpty();
    }

    @Test
    @Tag("M-18")
    void aRefusedEntityCommandIsAnsweredOrElseBuried() {
        entities.refusal = dev.pawl.manifest.runtime.RefusalCode.GUARD_FAILED;
        String text = "{\"type\":\"entity.command\",\"entity\":\"Order\",\"command\":\"pay\"}";

        assertThat(((Decision.Result) commands.decide(asked(text)))
                        .result()
                        .path("code")
                        .asText())
                .isEqualTo("GUARD_FAILED");
        Decision unasked = commands.decide(new Incoming(text, "ID:1", Optional.empty(), false));
        assertThat(((Decision.Bury) unasked).reason()).isEqualTo("GUARD_FAILED: no");
    }

    @Test
    @Tag("K-04")
    void anEntityCommandWhoseKeyIsInUseIsLeftToRedelivery() {
        entities.refusal = dev.pawl.manifest.runtime.RefusalCode.IDEMPOTENCY_IN_PROGRESS;

        assertThatThrownBy(() -> send("{\"type\":\"entity.command\",\"entity\":\"Order\",\"command\":\"pay\"}"))
                .isInstanceOf(RefusedException.class);
    }

    private void send(String text) {
        commands.decide(asked(text));
    }

    private static Incoming asked(String text) {
        return new Incoming(text, "ID:1", Optional.empty(), true);
    }

    private static String answer(Decision decision) {
        return JsonCodec.write(((Decision.Answer) decision).reply());
    }
}
