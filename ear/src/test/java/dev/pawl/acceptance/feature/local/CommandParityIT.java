package dev.pawl.acceptance.feature.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.feature.local.probe.LocalWorkflows;
import dev.pawl.acceptance.server.Await;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A command means the same whichever way it comes: the same checks, codes, outcomes and keys. */
class CommandParityIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A run for a command to work on. */
    private enum Target {
        NONE,
        FINISHED,
        /** Its only stage failed once and is tried again in an hour. */
        WAITING,
        CANCELLED
    }

    /**
     * A command and what it is answered.
     *
     * @param command with {@code RUN} for the id of the target
     * @param answer members it has at least; {@code RUN} stands for a run's id
     */
    private record Case(String name, Target target, String command, String answer) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<Case> CASES = List.of(
            new Case(
                    "createRun",
                    Target.NONE,
                    "{'type':'run.create','workflowId':'local-order','input':{'name':'x'},'priority':3}",
                    "{'ok':true}"),
            new Case(
                    "createUnknownWorkflow",
                    Target.NONE,
                    "{'type':'run.create','workflowId':'nobody','input':{'name':'x'}}",
                    "{'ok':false,'error':{'code':'WORKFLOW_NOT_FOUND'}}"),
            new Case(
                    "createWithWrongInput",
                    Target.NONE,
                    "{'type':'run.create','workflowId':'local-order','input':{'name':7}}",
                    "{'ok':false,'error':{'code':'INVALID_INPUT','errors':[{'pointer':'/input/name'}]}}"),
            new Case(
                    "createWithConfigOfNobody",
                    Target.NONE,
                    "{'type':'run.create','workflowId':'local-order','input':{'name':'x'},'config':{'no':{'a':1}}}",
                    "{'ok':false,'error':{'code':'INVALID_CONFIG','errors':[{'pointer':'/config/no'}]}}"),
            new Case(
                    "createWithWrongPriority",
                    Target.NONE,
                    "{'type':'run.create','workflowId':'local-order','input':{'name':'x'},'priority':10}",
                    "{'ok':false,'error':{'code':'VALIDATION_FAILED','errors':[{'pointer':'/priority'}]}}"),
            new Case(
                    "cancelUnknownRun",
                    Target.NONE,
                    "{'type':'run.cancel','runId':'nobody'}",
                    "{'ok':false,'error':{'code':'RUN_NOT_FOUND'}}"),
            new Case(
                    "cancelFinishedRun",
                    Target.FINISHED,
                    "{'type':'run.cancel','runId':'RUN'}",
                    "{'ok':true,'result':{'cancelled':false,'status':'COMPLETED'}}"),
            new Case(
                    "cancelWaitingRun",
                    Target.WAITING,
                    "{'type':'run.cancel','runId':'RUN','reason':'late'}",
                    "{'ok':true,'result':{'cancelled':true,'status':'CANCELLED'}}"),
            new Case(
                    "pauseWaitingRun",
                    Target.WAITING,
                    "{'type':'run.pause','runId':'RUN'}",
                    "{'ok':true,'result':{'paused':true,'changed':true}}"),
            new Case(
                    "resumeRunThatIsNotPaused",
                    Target.WAITING,
                    "{'type':'run.resume','runId':'RUN'}",
                    "{'ok':true,'result':{'paused':false,'changed':false}}"),
            new Case(
                    "pauseFinishedRun",
                    Target.FINISHED,
                    "{'type':'run.pause','runId':'RUN'}",
                    "{'ok':false,'error':{'code':'RUN_FINISHED'}}"),
            new Case(
                    "retryWaitingRun",
                    Target.WAITING,
                    "{'type':'run.retry','runId':'RUN'}",
                    "{'ok':true,'result':{'stages':['order-later']}}"),
            new Case(
                    "retryFinishedRun",
                    Target.FINISHED,
                    "{'type':'run.retry','runId':'RUN'}",
                    "{'ok':false,'error':{'code':'RUN_FINISHED'}}"),
            new Case(
                    "rerunFinishedRun",
                    Target.FINISHED,
                    "{'type':'run.rerunFrom','runId':'RUN','fromStageId':'note-order'}",
                    "{'ok':true,'result':{'attempt':2,'dropped':['note-order']}}"),
            new Case(
                    "rerunFromUnknownStage",
                    Target.FINISHED,
                    "{'type':'run.rerunFrom','runId':'RUN','fromStageId':'no'}",
                    "{'ok':false,'error':{'code':'STAGE_NOT_FOUND'}}"),
            new Case(
                    "rerunUnfinishedRun",
                    Target.WAITING,
                    "{'type':'run.rerunFrom','runId':'RUN','fromStageId':'order-later'}",
                    "{'ok':false,'error':{'code':'RUN_NOT_FINISHED'}}"),
            new Case(
                    "rerunCancelledRun",
                    Target.CANCELLED,
                    "{'type':'run.rerunFrom','runId':'RUN','fromStageId':'order-later'}",
                    "{'ok':false,'error':{'code':'RUN_CANCELLED'}}"),
            new Case(
                    "transitionFinishedRun",
                    Target.FINISHED,
                    "{'type':'run.transition','runId':'RUN'}",
                    "{'ok':true,'result':{'result':'NOOP'}}"),
            new Case(
                    "transitionUnknownRun",
                    Target.NONE,
                    "{'type':'run.transition','runId':'nobody'}",
                    "{'ok':false,'error':{'code':'RUN_NOT_FOUND'}}"),
            new Case(
                    "executeCompletedStep",
                    Target.FINISHED,
                    "{'type':'job.execute','runId':'RUN','stageId':'note-order'}",
                    "{'ok':true,'result':{'runId':'RUN','stageId':'note-order','answer':'COMPLETED',"
                            + "'output':{'name':'parity'}}}"),
            new Case(
                    "executeStepThatIsNotDue",
                    Target.WAITING,
                    "{'type':'job.execute','runId':'RUN','stageId':'order-later'}",
                    "{'ok':true,'result':{'runId':'RUN','stageId':'order-later','answer':'NOT_AVAILABLE'}}"),
            new Case(
                    "executeStepOfCancelledRun",
                    Target.CANCELLED,
                    "{'type':'job.execute','runId':'RUN','stageId':'order-later'}",
                    "{'ok':true,'result':{'runId':'RUN','stageId':'order-later','answer':'DISCARDED'}}"),
            new Case(
                    "executeUnknownStep",
                    Target.FINISHED,
                    "{'type':'job.execute','runId':'RUN','stageId':'no'}",
                    "{'ok':false,'error':{'code':'STAGE_NOT_FOUND'}}"),
            new Case(
                    "executeStepOfUnknownRun",
                    Target.NONE,
                    "{'type':'job.execute','runId':'nobody','stageId':'note-order'}",
                    "{'ok':false,'error':{'code':'RUN_NOT_FOUND'}}"),
            new Case("claim", Target.NONE, "{'type':'run.claimPending','maxClaims':1}", "{'ok':true}"),
            new Case(
                    "claimNothing",
                    Target.NONE,
                    "{'type':'run.claimPending','maxClaims':0}",
                    "{'ok':false,'error':{'code':'VALIDATION_FAILED'}}"),
            new Case("poll", Target.NONE, "{'type':'stage.pollSuspended','max':5}", "{'ok':true}"),
            new Case(
                    "pollTooMuch",
                    Target.NONE,
                    "{'type':'stage.pollSuspended','max':1001}",
                    "{'ok':false,'error':{'code':'VALIDATION_FAILED','errors':[{'pointer':'/max'}]}}"),
            new Case("reap", Target.NONE, "{'type':'lease.reapStale','max':5}", "{'ok':true}"),
            new Case(
                    "reapTooMuch",
                    Target.NONE,
                    "{'type':'lease.reapStale','max':1001}",
                    "{'ok':false,'error':{'code':'VALIDATION_FAILED','errors':[{'pointer':'/max'}]}}"),
            new Case("flush", Target.NONE, "{'type':'outbox.flush','max':5}", "{'ok':true}"),
            new Case(
                    "flushNothing",
                    Target.NONE,
                    "{'type':'outbox.flush','max':0}",
                    "{'ok':false,'error':{'code':'VALIDATION_FAILED','errors':[{'pointer':'/max'}]}}"),
            new Case(
                    "replayNoDeadLetterOfRun",
                    Target.FINISHED,
                    "{'type':'plugin.replayDLQ','runId':'RUN','max':5}",
                    "{'ok':true,'result':{'replayed':0}}"),
            new Case(
                    "replayDeadLettersOfAListenerNobodyCanName",
                    Target.NONE,
                    "{'type':'plugin.replayDLQ','listener':'a\\nb'}",
                    "{'ok':false,'error':{'code':'VALIDATION_FAILED','errors':[{'pointer':'/listener'}]}}"),
            new Case(
                    "replayDeadLettersOfNoRun",
                    Target.NONE,
                    "{'type':'plugin.replayDLQ','runId':''}",
                    "{'ok':false,'error':{'code':'VALIDATION_FAILED','errors':[{'pointer':'/runId'}]}}"),
            new Case(
                    "replayTooMuch",
                    Target.NONE,
                    "{'type':'plugin.replayDLQ','max':1001}",
                    "{'ok':false,'error':{'code':'VALIDATION_FAILED','errors':[{'pointer':'/max'}]}}"),
            new Case(
                    "annotate",
                    Target.FINISHED,
                    "{'type':'run.annotate','runId':'RUN','annotations':[{'name':'a','value':1},"
                            + "{'name':'a','value':1},{'name':'b','stage':'note-order'}]}",
                    "{'ok':true,'result':{'created':2,'repeated':1}}"),
            new Case(
                    "annotateUnknownRun",
                    Target.NONE,
                    "{'type':'run.annotate','runId':'nobody','annotations':[{'name':'a'}]}",
                    "{'ok':false,'error':{'code':'RUN_NOT_FOUND'}}"),
            new Case(
                    "annotateUnknownStage",
                    Target.FINISHED,
                    "{'type':'run.annotate','runId':'RUN','annotations':[{'name':'a','stage':'no'}]}",
                    "{'ok':false,'error':{'code':'STAGE_NOT_FOUND'}}"),
            new Case(
                    "annotateNothing",
                    Target.FINISHED,
                    "{'type':'run.annotate','runId':'RUN','annotations':[]}",
                    "{'ok':false,'error':{'code':'VALIDATION_FAILED','errors':[{'pointer':'/annotations'}]}}"),
            new Case(
                    "annotateWithoutName",
                    Target.FINISHED,
                    "{'type':'run.annotate','runId':'RUN','annotations':[{'name':' '}]}",
                    "{'ok':false,'error':{'code':'VALIDATION_FAILED','errors':[{'pointer':'/annotations/0'}]}}"),
            new Case("repair", Target.NONE, "{'type':'run.repair','max':5}", "{'ok':true,'result':{'runs':[]}}"));

    static Stream<Arguments> everyCaseOnEveryServer() {
        return CASES.stream()
                .flatMap(one -> Arrays.stream(FeatureServer.values()).map(server -> Arguments.of(one, server)));
    }

    @Test
    void everyCommandOfTheKernelIsTried() throws Exception {
        Set<String> tried = new TreeSet<>();
        for (Case one : CASES) {
            tried.add(
                    JSON.readTree(one.command().replace('\'', '"')).path("type").asText());
        }
        assertThat(tried)
                .contains(
                        "run.create",
                        "run.claimPending",
                        "run.transition",
                        "run.cancel",
                        "run.rerunFrom",
                        "run.pause",
                        "run.resume",
                        "run.retry",
                        "run.repair",
                        "run.annotate",
                        "job.execute",
                        "stage.pollSuspended",
                        "lease.reapStale",
                        "outbox.flush",
                        "plugin.replayDLQ");
    }

    @ParameterizedTest
    @MethodSource("everyCaseOnEveryServer")
    @Tag("K-34")
    @Tag("E-03")
    @Tag("K-24")
    @Tag("D-09")
    void theAnswerIsTheSameOverEveryTransport(Case one, FeatureServer server) throws Exception {
        JsonNode expected = JSON.readTree(one.answer().replace('\'', '"'));
        for (Transport transport : Transport.values()) {
            String run = target(server, one.target());
            ObjectNode command =
                    (ObjectNode) JSON.readTree(one.command().replace('\'', '"').replace("RUN", run));

            JsonNode answer = JSON.readTree(
                    transport.send(server.server(), command, null).toString().replace(run, "RUN"));

            assertHolds(transport + " " + answer, answer, expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("K-03")
    void aKeyIsTheSameKeyOverEveryTransport(FeatureServer server) {
        String key = UUID.randomUUID().toString();
        String correlation = UUID.randomUUID().toString();
        ObjectNode create = JSON.createObjectNode()
                .put("type", "run.create")
                .put("workflowId", LocalWorkflows.ORDER)
                .put("correlationId", correlation);
        create.putObject("input").put("name", "keyed");

        String run = idOf(Transport.REST.send(server.server(), create, key));
        assertThat(idOf(Transport.JMS.send(server.server(), create, key))).isEqualTo(run);
        assertThat(idOf(Transport.EJB.send(server.server(), create, key))).isEqualTo(run);
        assertThat(server.http()
                        .get("/api/runs?correlationId=" + correlation)
                        .json()
                        .path("items"))
                .hasSize(1);

        ObjectNode other = create.deepCopy().put("priority", 1);
        for (Transport transport : Transport.values()) {
            assertThat(codeOf(transport.send(server.server(), other, key))).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("K-03")
    @Tag("K-04")
    void everyCommandTakesAKeyAndItsRefusalsReplay(FeatureServer server) {
        for (Transport first : Transport.values()) {
            String run = target(server, Target.WAITING);
            String key = UUID.randomUUID().toString();
            ObjectNode pause = JSON.createObjectNode().put("type", "run.pause").put("runId", run);
            ObjectNode refused =
                    JSON.createObjectNode().put("type", "run.resume").put("runId", key);

            assertThat(first.send(server.server(), pause, key)
                            .at("/result/changed")
                            .asBoolean())
                    .isTrue();
            assertThat(codeOf(first.send(server.server(), refused, key))).isEqualTo("RUN_NOT_FOUND");
            for (Transport again : Transport.values()) {
                // were it executed once more, nothing would have changed
                assertThat(again.send(server.server(), pause, key)
                                .at("/result/changed")
                                .asBoolean())
                        .as(first + " then " + again)
                        .isTrue();
                assertThat(codeOf(again.send(server.server(), refused, key))).isEqualTo("RUN_NOT_FOUND");
                assertThat(codeOf(again.send(
                                server.server(),
                                JSON.createObjectNode().put("type", "run.pause").put("runId", "another"),
                                key)))
                        .isEqualTo("IDEMPOTENCY_KEY_REUSED");
            }
            assertThat(server.history(run)).containsOnlyOnce("workflow:paused");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBlankKeyIsRefusedOverEveryTransport(FeatureServer server) {
        ObjectNode reap = JSON.createObjectNode().put("type", "lease.reapStale");
        for (Transport transport : Transport.values()) {
            assertThat(codeOf(transport.send(server.server(), reap, " ".repeat(3))))
                    .as(transport.name())
                    .isEqualTo("VALIDATION_FAILED");
        }
    }

    private static String target(FeatureServer server, Target target) {
        return switch (target) {
            case NONE -> "no-run-at-all";
            case FINISHED -> {
                String run = server.startRun(LocalWorkflows.ORDER, Map.of("input", Map.of("name", "parity")));
                server.awaitStatus(run, "COMPLETED");
                yield run;
            }
            case WAITING -> waiting(server);
            case CANCELLED -> {
                String run = waiting(server);
                server.http().post("/api/runs/" + run + "/cancel", Map.of());
                yield run;
            }
        };
    }

    private static String waiting(FeatureServer server) {
        String run = server.startRun(LocalWorkflows.LATER, Map.of("input", Map.of("name", "parity")));
        Await.until(
                "the first attempt of " + run + " to fail",
                Duration.ofSeconds(30),
                () -> server.run(run).at("/waiting/0/reason").asText().equals("RETRY"));
        return run;
    }

    /** Over REST a started run is answered as a whole. */
    private static String idOf(JsonNode answer) {
        assertThat(answer.path("ok").asBoolean()).as(answer.toString()).isTrue();
        JsonNode result = answer.path("result");
        return result.has("runId")
                ? result.path("runId").asText()
                : result.path("id").asText();
    }

    private static String codeOf(JsonNode answer) {
        return answer.at("/error/code").asText();
    }

    private static void assertHolds(String as, JsonNode actual, JsonNode expected) {
        if (expected.isContainerNode() && !expected.isEmpty()) {
            if (expected.isArray()) {
                assertThat(actual).as(as).hasSameSizeAs(expected);
                for (int i = 0; i < expected.size(); i++) {
                    assertHolds(as, actual.path(i), expected.path(i));
                }
            } else {
                expected.properties()
                        .forEach(member -> assertHolds(as, actual.path(member.getKey()), member.getValue()));
            }
        } else {
            assertThat(actual).as(as).isEqualTo(expected);
        }
    }
}
