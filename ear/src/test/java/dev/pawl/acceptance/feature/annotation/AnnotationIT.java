package dev.pawl.acceptance.feature.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.HttpApi;
import dev.pawl.acceptance.server.JmsClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Annotations by stages, over HTTP and by message. */
@Tag("D-09")
class AnnotationIT {

    private static String completed(FeatureServer server) {
        String run = server.startRun("annotates", Map.of("input", Map.of("value", "x")));
        server.awaitStatus(run, "COMPLETED");
        return run;
    }

    private static List<String> names(FeatureServer server, String run, String query) {
        HttpApi.Reply reply = server.http().get("/api/runs/" + run + "/annotations" + query);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json().path("items").findValuesAsText("name");
    }

    @ParameterizedTest
    @EnumSource
    void whatAStageNotedInTwoAttemptsIsKeptOnceAndFound(FeatureServer server) {
        String run = completed(server);

        assertThat(names(server, run, "")).containsExactly("score/quality", "score/detail", "language");
        assertThat(names(server, run, "?stage=judge")).containsExactly("score/quality", "score/detail");
        assertThat(names(server, run, "?prefix=score/&type=object")).containsExactly("score/detail");
        assertThat(names(server, run, "?name=language")).containsExactly("language");
        JsonNode part =
                server.http().get("/api/runs/" + run + "/annotations?limit=2").json();
        assertThat(names(server, run, "?cursor=" + part.path("next").asText())).containsExactly("language");
        JsonNode first = part.at("/items/0");
        assertThat(first.path("value").asDouble()).isEqualTo(0.5);
        assertThat(first.path("by").asText()).isEqualTo("stage:judge");
        assertThat(first.path("attempt").asInt()).isEqualTo(1);
        assertThat(server.history(run)).containsOnlyOnce("annotation:created");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("K-11")
    void aRerunKeepsWhatWasNotedAndDoublesNothing(FeatureServer server) {
        String run = completed(server);

        HttpApi.Reply rerun = server.http().post("/api/runs/" + run + "/rerun", Map.of("fromStageId", "judge"));

        assertThat(rerun.status()).as(rerun.text()).isEqualTo(200);
        assertThat(server.awaitStatus(run, "COMPLETED").at("/stages/0/attempt").asInt())
                .isEqualTo(3);
        assertThat(names(server, run, "")).containsExactly("score/quality", "score/detail", "language");
        assertThat(server.history(run)).containsOnlyOnce("annotation:created");
    }

    @ParameterizedTest
    @EnumSource
    void peopleAndToolsAnnotateByHttpAndByMessage(FeatureServer server) {
        String run = completed(server);
        HttpApi http = server.http();
        String annotations = "/api/runs/" + run + "/annotations";
        Map<String, Object> checked = Map.of("name", "checked", "value", Map.of("by", "ann"), "announce", true);

        assertThat(http.post(annotations, checked).json().path("created").asInt())
                .isEqualTo(1);
        assertThat(http.post(annotations, checked).json().path("repeated").asInt())
                .isEqualTo(1);
        Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
        Map<String, Object> several =
                Map.of("annotations", List.of(Map.of("name", "a", "stage", "judge"), Map.of("name", "b", "value", 1)));
        assertThat(http.post(annotations, several, key).json().path("created").asInt())
                .isEqualTo(2);
        assertThat(http.post(annotations, several, key).json().path("created").asInt())
                .as("answered like the first")
                .isEqualTo(2);
        try (JmsClient jms = server.server().jms()) {
            jms.send(
                    "commands",
                    "{\"type\":\"run.annotate\",\"runId\":\"" + run + "\",\"annotations\":[{\"name\":\"by-message\"}]}",
                    Map.of());
        }
        Await.until("the annotation by message", Duration.ofSeconds(30), () -> names(server, run, "")
                .contains("by-message"));

        assertThat(http.post(annotations, Map.of("value", 1)).status()).isEqualTo(400);
        assertThat(http.post(annotations, Map.of("name", "x", "stage", "none"))
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("STAGE_NOT_FOUND");
        assertThat(http.post("/api/runs/none/annotations", checked).status()).isEqualTo(404);
        assertThat(http.get("/api/runs/none/annotations").status()).isEqualTo(404);
    }
}
