package dev.pawl.acceptance.feature.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.HttpApi;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AwaitedRunsIT {

    private static final int CALLERS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String gate = "await-" + UUID.randomUUID();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private CompletableFuture<HttpResponse<String>> startAndWait(FeatureServer on) {
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create(
                                "http://127.0.0.1:" + on.server().httpPort() + "/api/workflows/held/runs?wait=PT60S"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"input\":{\"gate\":\"" + gate + "\"},\"correlationId\":\"" + gate + "\"}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @EnumSource
    @Tag("T-05")
    void fiveHundredCallersWaitWithoutAThreadEachAndAllGetTheFinishedRun(FeatureServer on) {
        long before = Threads.of(on.server().pid());
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            answers.add(startAndWait(on));
        }
        Await.until("all runs to be there", PATIENCE, () -> count(on) == CALLERS);
        long waiting = Threads.of(on.server().pid());

        on.open(gate);

        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            HttpResponse<String> finished = answer.join();
            assertThat(finished.statusCode()).as(finished.body()).isEqualTo(200);
            assertThat(finished.body()).contains("\"COMPLETED\"");
        }
        assertThat(waiting - before)
                .as("threads more than before while " + CALLERS + " callers waited")
                .isLessThan(CALLERS / 5);
    }

    private int count(FeatureServer on) {
        int count = 0;
        String cursor = "";
        do {
            JsonNode page = on.http()
                    .get("/api/runs?limit=200&correlationId=" + gate + cursor)
                    .json();
            count += page.path("items").size();
            cursor = page.has("next") ? "&cursor=" + page.path("next").asText() : "";
        } while (!cursor.isEmpty());
        return count;
    }

    @ParameterizedTest
    @EnumSource
    @Tag("T-05")
    void whosePatienceEndsIsToldWhereTheRunIs(FeatureServer on) {
        HttpApi.Reply late =
                on.http().post("/api/workflows/held/runs?wait=PT0.5S", Map.of("input", Map.of("gate", gate)));

        assertThat(late.status()).isEqualTo(202);
        String run = late.json().path("id").asText();
        assertThat(late.header("Location")).isEqualTo("/api/runs/" + run);
        on.open(gate);
        on.awaitStatus(run, "COMPLETED");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("K-01")
    @Tag("K-03")
    void theAnswerToAStartIsTheRunAsItIsReadAndARepetitionTellsHowFarItIs(FeatureServer on) {
        Map<String, String> key = Map.of("Idempotency-Key", gate);
        Map<String, Object> body = Map.of(
                "input", Map.of("gate", gate), "priority", 3, "metadata", Map.of("n", 1.5), "correlationId", gate);

        HttpApi.Reply started = on.http().post("/api/workflows/held/runs", body, key);

        assertThat(started.status()).isEqualTo(202);
        JsonNode run = started.json();
        assertThat(run.path("status").asText()).isEqualTo("PENDING");
        assertThat(run.at("/waiting/0/reason").asText()).isEqualTo("CLAIM");
        on.open(gate);
        JsonNode done = on.awaitStatus(run.path("id").asText(), "COMPLETED");
        for (String member : List.of(
                "id",
                "tenant",
                "workflowId",
                "workflowVersion",
                "input",
                "config",
                "metadata",
                "priority",
                "correlationId",
                "principal",
                "createdAt")) {
            assertThat(run.path(member)).as(member).isEqualTo(done.path(member));
        }
        HttpApi.Reply again = on.http().post("/api/workflows/held/runs?wait=PT10S", body, key);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json().path("id")).isEqualTo(run.path("id"));
        assertThat(again.json().path("status").asText()).isEqualTo("COMPLETED");
    }
}
