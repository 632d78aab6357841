package dev.pawl.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.command.Caller;
import dev.pawl.engine.command.CreateRun;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class WorkflowResourceTest {

    private final Endpoint endpoint = new Endpoint(1_000);

    @Test
    void listsWhatIsDeployedWithSchemasAndGraph() {
        var answer = endpoint.get("/workflows");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.mediaType()).startsWith("application/json");
        var workflow = answer.json().path("items").path(0);
        assertThat(workflow.path("id").asText()).isEqualTo("greet");
        assertThat(workflow.at("/inputSchema/properties/name/type").asText()).isEqualTo("string");
        assertThat(workflow.at("/graph/nodes/0/id").asText()).isEqualTo("greeting");
        assertThat(workflow.at("/graph/groups/0/nodes/0").asText()).isEqualTo("greeting");
        assertThat(workflow.at("/graph/edges").isArray()).isTrue();
    }

    @Test
    void aWorkflowOrVersionThatIsNotDeployedIsNotFound() {
        assertThat(endpoint.get("/workflows/greet?version=1").status()).isEqualTo(200);
        assertThat(endpoint.get("/workflows/greet?version=2").code()).isEqualTo("WORKFLOW_NOT_FOUND");
        assertThat(endpoint.get("/workflows/nobody").status()).isEqualTo(404);
    }

    @Test
    @Tag("K-01")
    void startsARunAndTellsWhereItIs() {
        var answer = endpoint.post(
                "/workflows/greet/runs?version=1",
                "{\"input\":{\"name\":\"Ada\"},\"priority\":7,\"correlationId\":\"c\",\"metadata\":{\"from\":\"here\"}}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.location()).isEqualTo("/api/runs/run-1");
        assertThat(answer.json().path("id").asText()).isEqualTo("run-1");
        assertThat(answer.json().has("output"))
                .as("members without a value are left out")
                .isFalse();
        var command = (CreateRun) endpoint.engine.envelopes.get(0).command();
        assertThat(command.workflowId()).isEqualTo("greet");
        assertThat(command.version()).isEqualTo(1);
        assertThat(command.input()).hasToString("{\"name\":\"Ada\"}");
        assertThat(command.priority()).isEqualTo(7);
        assertThat(command.correlationId()).isEqualTo("c");
        assertThat(command.metadata()).hasToString("{\"from\":\"here\"}");
        assertThat(endpoint.engine.envelopes.get(0).caller()).isEqualTo(Caller.ANONYMOUS);
    }

    @Test
    @Tag("K-01")
    void theAnswerTellsWhatWasStoredWithoutReadingIt() {
        var answer = endpoint.post("/workflows/greet/runs", "{\"input\":{\"name\":\"Ada\"}}");

        assertThat(endpoint.engine.finds).isZero();
        assertThat(answer.json().path("status").asText()).isEqualTo("PENDING");
        assertThat(answer.json().at("/input/name").asText()).isEqualTo("Ada");
        assertThat(answer.json().path("createdAt").asText()).isEqualTo("2026-01-31T08:30:00Z");
        assertThat(answer.json().at("/waiting/0/reason").asText()).isEqualTo("CLAIM");
    }

    @Test
    @Tag("K-03")
    void whoRepeatsARequestIsToldHowFarTheRunIsNow() {
        endpoint.engine.repeated = true;

        var answer = endpoint.send("POST", "/workflows/greet/runs?wait=PT5S", "{}", "application/json", "key-1");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(endpoint.engine.finds).isPositive();
    }

    @Test
    void anAbsentBodyIsAnEmptyObject() {
        var answer = endpoint.post("/workflows/greet/runs", null);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(((CreateRun) endpoint.engine.envelopes.get(0).command()).input())
                .isNull();
    }

    @Test
    @Tag("K-03")
    void theIdempotencyKeyGoesWithTheCommandAndMustBeSensible() {
        endpoint.send("POST", "/workflows/greet/runs", "{}", "application/json", "key-1");
        assertThat(endpoint.engine.envelopes.get(0).idempotencyKey()).contains("key-1");

        var blank = endpoint.send("POST", "/workflows/greet/runs", "{}", "application/json", "  ");
        var long_ = endpoint.send("POST", "/workflows/greet/runs", "{}", "application/json", "k".repeat(256));

        assertThat(blank.status()).isEqualTo(400);
        assertThat(long_.status()).isEqualTo(400);
        assertThat(endpoint.engine.envelopes).hasSize(1);
    }

    @Test
    void whoWaitsGetsTheFinishedRunOrIsToldThatItGoesOn() {
        endpoint.engine.finishesInTime = true;
        var inTime = endpoint.post("/workflows/greet/runs?wait=PT30S", "{}");
        endpoint.engine.finishesInTime = false;
        var late = endpoint.post("/workflows/greet/runs?wait=PT1H", "{}");

        assertThat(inTime.status()).isEqualTo(200);
        assertThat(inTime.json().path("status").asText()).isEqualTo("COMPLETED");
        assertThat(late.status()).isEqualTo(202);
        assertThat(endpoint.engine.waits).containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(60));
    }

    @Test
    void aRequestThatCannotBeReadReachesNoCommand() {
        assertThat(endpoint.post("/workflows/greet/runs", "{\"input\":").code()).isEqualTo("MALFORMED_JSON");
        assertThat(endpoint.post("/workflows/greet/runs", "{} {}").code()).isEqualTo("MALFORMED_JSON");
        assertThat(endpoint.post("/workflows/greet/runs", "[]").code()).isEqualTo("VALIDATION_FAILED");
        assertThat(endpoint.post("/workflows/greet/runs", "null").code()).isEqualTo("VALIDATION_FAILED");
        assertThat(endpoint.post("/workflows/greet/runs?wait=soon", "{}").code())
                .isEqualTo("INVALID_PARAMETER");
        assertThat(endpoint.post("/workflows/greet/runs?version=x", "{}").code())
                .isEqualTo("INVALID_PARAMETER");
        assertThat(endpoint.send("POST", "/workflows/greet/runs", "a=b", "application/x-www-form-urlencoded", null)
                        .code())
                .isEqualTo("UNSUPPORTED_MEDIA_TYPE");
        assertThat(endpoint.engine.envelopes).isEmpty();
    }

    @Test
    void aWrongOrUnknownMemberIsNamed() {
        var wrong = endpoint.post("/workflows/greet/runs", "{\"priority\":\"high\"}");
        var unknown = endpoint.post("/workflows/greet/runs", "{\"imput\":{}}");

        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.json().at("/errors/0/pointer").asText()).isEqualTo("/priority");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.json().at("/errors/0/message").asText()).contains("imput", "input");
    }

    @Test
    void aBodyBeyondTheLimitIsRefused() {
        var answer = endpoint.post("/workflows/greet/runs", "{\"input\":\"" + "x".repeat(1_000) + "\"}");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("PAYLOAD_TOO_LARGE");
        assertThat(endpoint.engine.envelopes).isEmpty();
    }
}
