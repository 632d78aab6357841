package dev.pawl.acceptance.feature.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.feature.local.probe.LocalWorkflows;
import dev.pawl.acceptance.server.HttpApi;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a run's config says to a stage. */
class StageConfigIT {

    @ParameterizedTest
    @EnumSource
    @Tag("D-04")
    @Tag("D-05")
    void aSliceIsLaidOverTheDefaultsAtEveryDepth(FeatureServer server) {
        Map<String, ?> slice = Map.of("ai", Map.of("temperature", 2), "debug", Map.of("dryRun", true));

        String run = server.startRun(
                LocalWorkflows.TUNED, Map.of("input", Map.of("name", "tuned"), "config", Map.of("tuned", slice)));

        JsonNode seen = server.awaitStatus(run, "COMPLETED").path("output");
        assertThat(seen.at("/ai/model").asText()).isEqualTo("fast");
        assertThat(seen.at("/ai/temperature").asDouble()).isEqualTo(2);
        assertThat(seen.at("/ai/maxTokens").asInt()).isEqualTo(1_024);
        assertThat(seen.at("/concurrency/parallel").asInt()).isEqualTo(5);
        assertThat(seen.at("/debug/dryRun").asBoolean()).isTrue();
        assertThat(seen.at("/debug/verbose").asBoolean(true)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D-05")
    void whatIsOutOfRangeIsRefusedAtTheStartWithAPointer(FeatureServer server) {
        String correlation = UUID.randomUUID().toString();

        HttpApi.Reply refused = server.http()
                .post(
                        "/api/workflows/" + LocalWorkflows.TUNED + "/runs",
                        Map.of(
                                "input",
                                Map.of("name", "tuned"),
                                "correlationId",
                                correlation,
                                "config",
                                Map.of("tuned", Map.of("ai", Map.of("temperature", 2.1)))));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().path("code").asText()).isEqualTo("INVALID_CONFIG");
        assertThat(refused.json().at("/errors/0/pointer").asText()).isEqualTo("/config/tuned/ai/temperature");
        assertThat(server.http()
                        .get("/api/runs?correlationId=" + correlation)
                        .json()
                        .path("items"))
                .isEmpty();
    }
}
