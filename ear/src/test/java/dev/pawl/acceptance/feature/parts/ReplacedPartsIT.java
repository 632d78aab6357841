package dev.pawl.acceptance.feature.parts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.feature.ScriptedModels;
import dev.pawl.acceptance.feature.local.BusinessApi;
import dev.pawl.acceptance.server.HttpApi;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Beans of the application in the place of the product's blob store, clock and log of AI calls. */
@Tag("K-33")
class ReplacedPartsIT {

    private final FeatureServer on = FeatureServer.EMBEDDED;

    private void assertTold(String bean, String port) {
        assertThat(on.server().logged(bean + " of the application takes the place of the default " + port))
                .isNotEmpty();
    }

    @Test
    void theShelfOfTheApplicationKeepsItsBlobsAndTheDatabaseKeepsTheOthers() {
        assertTold("Shelf", "BlobStore");
        String run = on.startRun("annotates", Map.of("input", Map.of("value", "shelf")));
        on.awaitStatus(run, "COMPLETED");

        put(run, "own", "application/x-shelf");
        put(run, "other", "text/plain");

        for (String key : new String[] {"own", "other"}) {
            assertThat(on.http().get("/api/runs/" + run + "/artifacts/" + key).text())
                    .isEqualTo("the bytes of " + key);
        }
        assertThat(new BusinessApi(on.http()).count("pawl_blob WHERE blob_key LIKE 'artifacts/" + run + "/%'"))
                .as("the other one alone")
                .isEqualTo(1);
        assertThat(on.http().delete("/api/runs/" + run + "/artifacts/own").status())
                .isEqualTo(204);
        assertThat(on.http().get("/api/runs/" + run + "/artifacts/own").status())
                .isEqualTo(404);
    }

    private void put(String run, String key, String type) {
        HttpApi.Reply put = on.http()
                .send(
                        "PUT",
                        "/api/runs/" + run + "/artifacts/" + key,
                        "the bytes of " + key,
                        Map.of("Content-Type", type));
        assertThat(put.status()).as(put.text()).isEqualTo(201);
    }

    @Test
    void theClockOfTheApplicationSaysWhenThingsHappen() {
        assertTold("WholeMillis", "Clock");
        for (int i = 0; i < 3; i++) {
            String run = on.startRun("annotates", Map.of("input", Map.of("value", "clock")));
            JsonNode done = on.awaitStatus(run, "COMPLETED");
            for (String at : new String[] {"createdAt", "startedAt", "completedAt"}) {
                Instant time = Instant.parse(done.path(at).asText());
                assertThat(time).as(at).isEqualTo(time.truncatedTo(ChronoUnit.MILLIS));
            }
        }
    }

    @Test
    @Tag("A-01")
    void theLogOfTheApplicationHearsOfCallsOfModelsAndTheProductKeepsThem() {
        assertTold("AuditedCalls", "AiCallLog");
        String mark = "audited/" + UUID.randomUUID();
        ScriptedModels.script().answer(mark, "Forty-two");
        String run = on.startRun(
                "asks-ai",
                Map.of("input", Map.of("way", "TEXT", "model", ScriptedModels.MODEL, "text", mark, "topic", mark)));
        on.awaitStatus(run, "COMPLETED");

        assertThat(on.noted(mark + " answered Forty-two")).isEqualTo(1);
        assertThat(on.http()
                        .get("/api/runs/" + run + "/ai-calls")
                        .json()
                        .at("/items/0/response")
                        .asText())
                .isEqualTo("Forty-two");
    }
}
