package dev.pawl.acceptance.feature.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The event log tells a flow as a whole: its runs and its entity commands. */
@Tag("M-10")
@Tag("K-22")
class FlowIT {

    private final String flow = "flow-" + UUID.randomUUID();

    @ParameterizedTest
    @EnumSource
    void runsAndEntityCommandsOfAFlowAreToldTogetherInOrderAndAsATree(FeatureServer on) {
        assertThat(on.http()
                        .post(
                                "/api/entities/Station/commands/assignTask",
                                Map.of("taskId", "t1"),
                                Map.of("Correlation-Id", flow))
                        .status())
                .isEqualTo(200);
        String first = on.startRun("relayed", Map.of("correlationId", flow, "input", Map.of("value", "")));
        on.awaitStatus(first, "COMPLETED");
        String second = on.startRun("relayed", Map.of("correlationId", flow, "input", Map.of("value", "")));
        on.awaitStatus(second, "COMPLETED");

        List<String> expected = new ArrayList<>();
        expected.add("TaskAssigned");
        for (int i = 0; i < 2; i++) {
            expected.addAll(List.of(
                    "workflow:created", "workflow:started", "stage:started", "stage:completed", "workflow:completed"));
        }
        List<JsonNode> all = pages(on, "");
        assertThat(all).extracting(event -> event.path("name").asText()).isEqualTo(expected);
        assertThat(all.get(0).at("/subject/entity").asText()).isEqualTo("Station");
        assertThat(all.get(1).at("/subject/run").asText()).isEqualTo(first);
        assertThat(all.get(1).at("/subject/workflow").asText()).isEqualTo("relayed");
        assertThat(all.get(1).path("id").asText()).isEqualTo(first + ":1");
        assertThat(all).allMatch(event -> event.path("correlationId").asText().equals(flow));
        assertThat(pages(on, "&name=workflow:completed"))
                .extracting(event -> event.at("/subject/run").asText())
                .containsExactly(first, second);

        JsonNode tree = on.http().get("/api/events/tree?correlationId=" + flow).json();
        assertThat(tree.path("roots")).hasSize(3);
        assertThat(tree.at("/roots/1/event/id").asText()).isEqualTo(first + ":1");
        assertThat(tree.at("/roots/1/effects")).hasSize(4);

        assertThat(on.http()
                        .get("/api/events?cursor=nonsense&correlationId=" + flow)
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("INVALID_PARAMETER");
        assertThat(on.http()
                        .get("/api/events?correlationId=" + UUID.randomUUID())
                        .json()
                        .path("items"))
                .isEmpty();
    }

    private List<JsonNode> pages(FeatureServer on, String filter) {
        List<JsonNode> events = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = on.http()
                    .get("/api/events?limit=3&correlationId=" + flow + filter + cursor)
                    .json();
            page.path("items").forEach(events::add);
            cursor = page.hasNonNull("next") ? "&cursor=" + page.path("next").asText() : "";
        } while (!cursor.isEmpty());
        return events;
    }
}
