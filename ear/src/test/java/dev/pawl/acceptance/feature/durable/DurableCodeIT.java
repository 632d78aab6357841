package dev.pawl.acceptance.feature.durable;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Durable code found as CDI beans, started, watched and ended over HTTP. */
class DurableCodeIT {

    private static String unique(String name) {
        return name + "-" + UUID.randomUUID();
    }

    private static Map<String, ?> input(String name) {
        return Map.of("input", Map.of("name", name));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("W-01")
    @Tag("W-06")
    void stepsRetriesAndSleepsEndInOneResult(FeatureServer server) {
        String name = unique("steps");
        String run = server.startRun("durable-three-steps", input(name));
        server.awaitReached(name + "-gate");
        server.open(name + "-gate");

        JsonNode view = server.awaitStatus(run, "COMPLETED");

        assertThat(view.path("output").path("name").asText()).isEqualTo(name + " first!");
        assertThat(view.path("workflowVersion").asInt()).isEqualTo(2);
        assertThat(server.noted(name + " first")).isEqualTo(1);
        assertThat(server.noted(name + " second")).isEqualTo(1);
        assertThat(server.noted(name + " third")).isEqualTo(1);
        assertThat(server.history(run))
                .containsSubsequence(
                        "workflow:created",
                        "workflow:started",
                        "step:completed",
                        "step:retrying",
                        "workflow:suspended",
                        "step:completed",
                        "timer:started",
                        "workflow:suspended",
                        "timer:fired",
                        "step:completed",
                        "workflow:completed");
    }

    @ParameterizedTest
    @EnumSource
    void theCatalogueShowsDurableCodeAsCode(FeatureServer server) {
        JsonNode workflow =
                server.http().get("/api/workflows/durable-three-steps").json();

        assertThat(workflow.path("kind").asText()).isEqualTo("code");
        assertThat(workflow.path("version").asInt()).isEqualTo(2);
        assertThat(workflow.path("inputSchema").path("properties").has("name")).isTrue();
    }
}
