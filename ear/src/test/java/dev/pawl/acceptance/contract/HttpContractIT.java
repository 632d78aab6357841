package dev.pawl.acceptance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.server.HttpApi;
import dev.pawl.acceptance.server.LibertyServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** HTTP in good use. */
@ExtendWith(SharedServer.class)
class HttpContractIT {

    private final HttpApi http;
    private final LibertyServer server;

    HttpContractIT(LibertyServer server) {
        this.server = server;
        this.http = server.http();
    }

    @Test
    @Tag("K-01")
    @Tag("E-05")
    void aRunIsAcceptedFollowedAndReadWithStagesAndHistory() {
        HttpApi.Reply accepted = http.post(
                "/api/workflows/document-processor/runs",
                Map.of("input", Map.of("text", SharedServer.TEXT), "priority", 7, "metadata", Map.of("from", "here")));

        assertThat(accepted.status()).isEqualTo(202);
        String id = accepted.json().path("id").asText();
        assertThat(accepted.header("Location")).isEqualTo("/api/runs/" + id);
        JsonNode run = SharedServer.awaitCompleted(http, id);
        assertThat(run.path("priority").asInt()).isEqualTo(7);
        assertThat(run.path("metadata").path("from").asText()).isEqualTo("here");
        assertThat(run.path("principal").asText()).isEqualTo("anonymous");
        assertThat(run.path("output").path("language").asText()).isEqualTo("en");
        assertThat(run.path("stages").size()).isPositive();
        assertThat(items("/api/runs/" + id + "/steps")).hasSameSizeAs(run.path("stages"));
        List<JsonNode> events = items("/api/runs/" + id + "/events?limit=200");
        assertThat(events)
                .first()
                .satisfies(event -> assertThat(event.path("type").asText()).isEqualTo("workflow:created"));
        assertThat(events)
                .last()
                .satisfies(event -> assertThat(event.path("type").asText()).isEqualTo("workflow:completed"));
        assertThat(items("/api/runs/" + id + "/events?after=2&limit=1"))
                .singleElement()
                .satisfies(event -> assertThat(event.path("sequence").asLong()).isEqualTo(3));
    }

    @Test
    @Tag("T-05")
    void whoWaitsGetsTheFinishedRun() {
        HttpApi.Reply finished = http.post("/api/workflows/document-processor/runs?wait=PT60S", SharedServer.start());

        assertThat(finished.status()).isEqualTo(200);
        assertThat(finished.json().path("status").asText()).isEqualTo("COMPLETED");
        assertThat(finished.json().path("output").path("summary").asText()).isNotBlank();
    }

    @Test
    @Tag("D-01")
    @Tag("J-01")
    void aShippedDocumentIsListedServedAndProcessed() {
        List<JsonNode> documents = items("/documents/");
        assertThat(documents).isNotEmpty();
        for (JsonNode document : documents) {
            assertThat(http.get(document.path("url").asText()).status())
                    .as(document.path("url").asText())
                    .isEqualTo(200);
        }
        String url = "http://localhost:" + server.httpPort()
                + documents.get(0).path("url").asText();

        HttpApi.Reply finished =
                http.post("/api/workflows/document-processor/runs?wait=PT60S", Map.of("input", Map.of("url", url)));

        assertThat(finished.status()).as(finished.text()).isEqualTo(200);
        assertThat(finished.json().path("output").path("language").asText())
                .as(finished.text())
                .isEqualTo(documents.get(0).path("language").asText());
    }

    @Test
    @Tag("K-03")
    void theSameKeyIsTheSameRunAndAnotherBodyUnderItAConflict() {
        Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        String path = "/api/workflows/document-processor/runs";

        HttpApi.Reply first = http.post(path, SharedServer.start(), key);
        HttpApi.Reply second = http.post(path, SharedServer.start(), key);
        HttpApi.Reply other = http.post(path, Map.of("input", Map.of("text", "Something else.")), key);

        assertThat(first.status()).isEqualTo(202);
        assertThat(second.status()).isEqualTo(202);
        assertThat(second.json().path("id")).isEqualTo(first.json().path("id"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().path("code").asText()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void theListIsNewestFirstAndGoesOnByCursor() {
        String correlation = UUID.randomUUID().toString();
        List<String> started = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            started.add(0, startWith(correlation));
        }

        List<String> seen = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode part = http.get("/api/runs?limit=2&correlationId=" + correlation + cursor)
                    .json();
            part.path("items").forEach(run -> seen.add(run.path("id").asText()));
            cursor = part.has("next") ? "&cursor=" + part.path("next").asText() : "";
        } while (!cursor.isEmpty());

        assertThat(seen).isEqualTo(started);
        started.forEach(run -> SharedServer.awaitCompleted(http, run));
        assertThat(items("/api/runs?status=COMPLETED,FAILED&limit=200&correlationId=" + correlation))
                .hasSize(5);
        assertThat(items("/api/runs?status=PENDING&status=RUNNING&correlationId=" + correlation))
                .isEmpty();
    }

    @Test
    @Tag("K-10")
    void cancellingAFinishedRunChangesNothing() {
        HttpApi.Reply finished = http.post("/api/workflows/document-processor/runs?wait=PT60S", SharedServer.start());
        String path = "/api/runs/" + finished.json().path("id").asText();

        HttpApi.Reply cancelled = http.post(path + "/cancel", Map.of("reason", "too late"));

        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.json().path("cancelled").asBoolean(true)).isFalse();
        assertThat(http.get(path).json().path("status").asText()).isEqualTo("COMPLETED");
    }

    @Test
    @Tag("J-04")
    void theDocumentsThatDescribeTheServerAreServed() {
        HttpApi.Reply openApi = http.send("GET", "/openapi?format=JSON", null, Map.of());
        List<String> paths = new ArrayList<>();
        openApi.json().path("paths").fieldNames().forEachRemaining(paths::add);

        assertThat(paths)
                .contains(
                        "/api/workflows",
                        "/api/workflows/{id}",
                        "/api/workflows/{id}/runs",
                        "/api/runs",
                        "/api/runs/{runId}",
                        "/api/runs/{runId}/events",
                        "/api/runs/{runId}/steps",
                        "/api/runs/{runId}/logs",
                        "/api/runs/{runId}/cancel",
                        "/api/runs/{runId}/pause",
                        "/api/runs/{runId}/resume",
                        "/api/transactions/in-doubt",
                        "/api/maintenance/tick",
                        "/api/maintenance/purge");
        assertThat(openApi.json()
                        .at("/components/schemas/Run/properties/status")
                        .isMissingNode())
                .isFalse();
        assertThat(http.get("/openapi/ui/").status()).isEqualTo(200);
        assertThat(http.get("/asyncapi").text()).startsWith("asyncapi: 3");
        assertThat(http.get("/").text()).contains("/openapi/ui", "/health", "/api/workflows");
    }

    @Test
    @Tag("J-04")
    void everyOperationIsDescribedWithItsAnswersAndErrors() {
        JsonNode document =
                http.send("GET", "/openapi?format=JSON", null, Map.of()).json();

        document.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(member -> !member.getKey().equals("parameters"))
                .forEach(operation -> {
                    String name = operation.getKey() + " " + path.getKey();
                    JsonNode responses = operation.getValue().path("responses");
                    assertThat(operation.getValue().path("summary").asText())
                            .as(name)
                            .isNotBlank();
                    assertThat(responses.properties()).as(name).anySatisfy(response -> assertThat(response.getKey())
                            .startsWith("2"));
                }));
        JsonNode run = document.path("paths").path("/api/runs/{runId}").path("get");
        assertThat(run.at("/responses/200/content/application~1json/schema/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/Run");
        assertThat(run.at("/responses/404/$ref").asText()).isEqualTo("#/components/responses/NotFound");
        assertThat(run.at("/responses/500/$ref").asText()).isEqualTo("#/components/responses/InternalError");
        JsonNode start = document.path("paths").path("/api/workflows/{id}/runs").path("post");
        assertThat(start.path("parameters").findValuesAsText("name"))
                .containsExactlyInAnyOrder("id", "version", "wait", "Idempotency-Key");
        assertThat(start.at("/requestBody/content/application~1json/schema/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/StartRun");
        assertThat(document.path("paths").path("/api/runs").path("get").findValuesAsText("name"))
                .containsExactlyInAnyOrder("workflow", "status", "correlationId", "from", "to", "q", "cursor", "limit");
    }

    @Test
    void anOperatorSeesThatNothingIsInDoubtAndCanTurnTheWheel() {
        assertThat(http.get("/api/transactions/in-doubt").json().path("items").isArray())
                .isTrue();
        assertThat(http.send("POST", "/api/maintenance/tick", null, Map.of())
                        .json()
                        .path("claimed")
                        .isInt())
                .isTrue();
    }

    private String startWith(String correlation) {
        return http.post(
                        "/api/workflows/document-processor/runs",
                        Map.of("input", Map.of("text", SharedServer.TEXT), "correlationId", correlation))
                .json()
                .path("id")
                .asText();
    }

    private List<JsonNode> items(String path) {
        List<JsonNode> items = new ArrayList<>();
        http.get(path).json().path("items").forEach(items::add);
        return items;
    }
}
