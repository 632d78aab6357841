package dev.pawl.acceptance.feature.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.HttpApi;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunStreamIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final List<String> HISTORY = List.of(
            "workflow:created",
            "workflow:started",
            "stage:started",
            "stage:completed",
            "stage:started",
            "stage:progress",
            "stage:completed",
            "stage:started",
            "stage:completed",
            "workflow:completed");

    private final String gate = "talk-" + UUID.randomUUID();

    private String start(FeatureServer on) {
        return on.startRun("talkative", Map.of("input", Map.of("gate", gate)));
    }

    private static Listening listen(FeatureServer on, String run, String query, String from) {
        return Listening.to(on.server().httpPort(), "/api/runs/" + run + "/stream" + query, from);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("K-26")
    @Tag("D-06")
    @Tag("D-07")
    void aRunIsSeenWhileItRunsAndTheStreamEndsWithIt(FeatureServer on) {
        String run = start(on);
        try (Listening stream = listen(on, run, "", null)) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.mediaType()).startsWith("text/event-stream");
            stream.awaitEvent("progress");
            stream.await("the lines before the gate", so -> messages(so).contains("it is closed"));
            assertThat(stream.types()).isEqualTo(HISTORY.subList(0, 6));
            assertThat(messages(stream)).containsExactly("before speaks", "at the gate", "it is closed");
            Listening.Told progress = stream.told().stream()
                    .filter(one -> one.event().equals("progress"))
                    .findFirst()
                    .orElseThrow();
            assertThat(progress.data().at("/payload/progress/message").asText()).isEqualTo("half way");

            on.open(gate);
            stream.awaitEnd();

            assertThat(stream.types()).isEqualTo(HISTORY);
            assertThat(stream.names()).last().isEqualTo("workflow:completed");
            assertThat(messages(stream))
                    .containsExactly(
                            "before speaks", "at the gate", "it is closed", "through the gate", "after speaks");
            List<Listening.Told> events = stream.told().stream()
                    .filter(one -> one.data().has("sequence"))
                    .toList();
            assertThat(events)
                    .extracting(one -> one.data().path("sequence").asLong())
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, HISTORY.size()).boxed().toList());
            assertThat(events).allSatisfy(one -> assertThat(one.id())
                    .isEqualTo(one.data().path("sequence").asText()));
            List<JsonNode> read = new ArrayList<>();
            on.http().get("/api/runs/" + run + "/events").json().path("items").forEach(read::add);
            assertThat(events).extracting(Listening.Told::data).isEqualTo(read);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("K-26")
    void aBrokenStreamIsResumedWithoutGapOrDoubleAndAFinishedOneNotAtAll(FeatureServer on) {
        String run = start(on);
        Listening first = listen(on, run, "?logs=false", null);
        first.awaitEvent("progress");
        first.close();
        on.open(gate);
        on.awaitStatus(run, "COMPLETED");

        try (Listening rest = listen(on, run, "?logs=false", first.lastId())) {
            rest.awaitEnd();
            assertThat(first.types()).isEqualTo(HISTORY.subList(0, 6));
            assertThat(rest.types()).isEqualTo(HISTORY.subList(6, HISTORY.size()));
            try (Listening nothing = listen(on, run, "", rest.lastId())) {
                assertThat(nothing.status()).isEqualTo(204);
            }
        }
        try (Listening middle = listen(on, run, "?logs=false", "4")) {
            middle.awaitEnd();
            assertThat(middle.types()).isEqualTo(HISTORY.subList(4, HISTORY.size()));
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("K-10")
    @Tag("K-26")
    void aCancelledRunEndsItsStreamsToo(FeatureServer on) {
        String run = start(on);
        try (Listening one = listen(on, run, "", null);
                Listening other = listen(on, run, "?logs=false", null)) {
            one.awaitEvent("progress");
            on.http().post("/api/runs/" + run + "/cancel", Map.of());

            one.awaitEnd();
            other.awaitEnd();
            assertThat(one.names()).last().isEqualTo("workflow:cancelled");
            assertThat(other.names()).last().isEqualTo("workflow:cancelled");
        }
        on.open(gate);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("K-26")
    void whatCannotBeStreamedIsAProblemWithACode(FeatureServer on) {
        String run = start(on);
        on.open(gate);
        on.awaitStatus(run, "COMPLETED");

        HttpApi.Reply unknown = on.http().get("/api/runs/nobody/stream");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().path("code").asText()).isEqualTo("RUN_NOT_FOUND");
        for (String path : List.of("/api/runs/" + run + "/stream", "/api/stream")) {
            HttpApi.Reply wrong = on.http().send("GET", path, null, Map.of("Last-Event-ID", "no id of ours"));
            assertThat(wrong.status()).as(path).isEqualTo(400);
            assertThat(wrong.header("Content-Type")).startsWith("application/problem+json");
            assertThat(wrong.json().path("code").asText()).isEqualTo("INVALID_PARAMETER");
        }
        assertThat(on.http().get("/api/runs/" + run + "/stream?logs=maybe").status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D-06")
    @Tag("D-07")
    @Tag("E-05")
    void aRunningStageShowsProgressAndLogAndTheRunSaysWhatItWaitsFor(FeatureServer on) {
        String run = start(on);
        HttpApi http = on.http();
        String logs = "/api/runs/" + run + "/logs";
        Await.until(
                "progress to be visible",
                PATIENCE,
                () -> on.run(run).at("/stages/1/progress/message").asText().equals("half way"));
        Await.until(
                "lines to be readable", PATIENCE, () -> http.get(logs).text().contains("it is closed"));
        JsonNode running = on.run(run);
        assertThat(running.at("/stages/1/progress/progress").asDouble()).isEqualTo(0.5);
        assertThat(running.at("/stages/1/progress/details/gate").asText()).isEqualTo(gate);
        assertThat(running.at("/waiting/0/reason").asText()).isEqualTo("RUNNING");
        assertThat(running.at("/waiting/0/detail").asText()).contains("middle");
        assertThat(running.at("/waiting/0/since").asText()).isNotEmpty();

        on.open(gate);
        JsonNode done = on.awaitStatus(run, "COMPLETED");

        assertThat(done.path("waiting")).isEmpty();
        assertThat(messages(http, logs + "?level=WARN")).containsExactly("it is closed", "through the gate");
        assertThat(messages(http, logs + "?stage=middle&level=INFO"))
                .containsExactly("at the gate", "it is closed", "through the gate");
        assertThat(messages(http, logs + "?stage=nobody")).isEmpty();
        assertThat(messages(http, logs + "?limit=2"))
                .containsExactly("before speaks", "at the gate", "it is closed", "through the gate", "after speaks");
        JsonNode line = http.get(logs).json().path("items").path(1);
        assertThat(line.path("metadata").path("gate").asText()).isEqualTo(gate);
        assertThat(line.path("attempt").asInt()).isEqualTo(1);
        assertThat(http.get(logs + "?level=LOUD").json().path("code").asText()).isEqualTo("INVALID_PARAMETER");
    }

    private static List<String> messages(HttpApi http, String path) {
        List<String> messages = new ArrayList<>();
        JsonNode page = http.get(path).json();
        while (true) {
            page.path("items").forEach(line -> messages.add(line.path("message").asText()));
            if (!page.has("next")) {
                return messages;
            }
            page = http.get(path + "&cursor=" + page.path("next").asText()).json();
        }
    }

    private static List<String> messages(Listening stream) {
        return stream.told().stream()
                .filter(one -> one.event().equals("log"))
                .map(one -> one.data().path("message").asText())
                .toList();
    }
}
