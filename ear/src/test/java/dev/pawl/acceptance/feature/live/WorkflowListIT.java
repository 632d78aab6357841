package dev.pawl.acceptance.feature.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.server.HttpApi;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkflowListIT {

    private static final String PROGRAM = """
            entity LiveThing {
              property required id: string
              property size: number = 0
              command grow(by: number) {
                mutate size = self.size + by
                emit LiveThingGrew { size: self.size }
              }
              command rest() { mutate size = 0 }
            }
            store LiveThing in postgres
            event LiveThingGrew: "live.grew" { size: number }
            on LiveThingGrew run LiveThing.rest
              resolve "another"
            """;

    @ParameterizedTest
    @EnumSource
    @Tag("D-02")
    void aPipelineShowsItsSchemasItsNodesItsGroupsAndWhatFollowsWhat(FeatureServer on) {
        JsonNode workflow = on.http().get("/api/workflows/talkative").json();

        assertThat(workflow.path("kind").asText()).isEqualTo("pipeline");
        assertThat(workflow.at("/inputSchema/properties/gate/type").asText()).isEqualTo("string");
        assertThat(workflow.at("/outputSchema/properties/gate/type").asText()).isEqualTo("string");
        assertThat(workflow.at("/graph/nodes").findValuesAsText("id")).containsExactly("before", "middle", "after");
        assertThat(workflow.at("/graph/groups/1/nodes/0").asText()).isEqualTo("middle");
        assertThat(workflow.at("/graph/edges").findValuesAsText("from")).containsExactly("before", "middle");
        assertThat(workflow.at("/graph/edges").findValuesAsText("to")).containsExactly("middle", "after");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("M-16")
    void aDeployedProgramStandsAmongTheWorkflows(FeatureServer on) {
        HttpApi.Reply deployed = on.http()
                .send("POST", "/api/manifests?name=live-things", PROGRAM, Map.of("Content-Type", "text/plain"));
        assertThat(deployed.status()).as(deployed.text()).isIn(200, 201);

        JsonNode program = on.http().get("/api/workflows/live-things").json();

        assertThat(program.path("kind").asText()).isEqualTo("manifest");
        assertThat(program.at("/inputSchema/properties/LiveThing.grow/properties/by/type")
                        .asText())
                .isEqualTo("number");
        assertThat(program.at("/graph/nodes").findValuesAsText("id")).contains("LiveThing", "LiveThing.grow");
        assertThat(program.at("/graph/edges").findValuesAsText("to")).contains("LiveThing", "LiveThing.rest");
        assertThat(program.at("/graph/edges").findValuesAsText("label")).contains("LiveThingGrew");
        assertThat(on.http().get("/api/workflows").json().path("items").findValuesAsText("id"))
                .contains("live-things", "talkative");
        assertThat(on.http().get("/api/workflows/live-things?version=999").status())
                .isEqualTo(404);
    }
}
