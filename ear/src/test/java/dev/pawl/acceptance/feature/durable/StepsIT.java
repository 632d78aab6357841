package dev.pawl.acceptance.feature.durable;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Steps that are special, and runs that last. */
class StepsIT {

    private final String name = "special-" + UUID.randomUUID();

    private String start(FeatureServer on, String workflow) {
        return on.startRun(workflow, Map.of("input", Map.of("name", name)));
    }

    @ParameterizedTest
    @EnumSource
    @Tag("K-29")
    @Tag("W-06")
    void whatATransactionalStepWritesCommitsWithItExactlyOnce(FeatureServer on) {
        String run = start(on, "durable-transaction");

        assertThat(on.awaitStatus(run, "COMPLETED").path("output").asInt()).isEqualTo(1);
        assertThat(on.noted(name + " inserted"))
                .as("the first attempt was rolled back")
                .isEqualTo(2);
        JsonNode step = on.http().get("/api/runs/" + run + "/steps").json().at("/items/0");
        assertThat(step.path("kind").asText()).isEqualTo("transaction");
        assertThat(step.path("attempt").asInt()).isEqualTo(2);
    }

    @Test
    @Tag("W-07")
    @Tag("W-08")
    void aStepThatTakesTooLongIsInterruptedRetriedAndItsFailureCaught() {
        FeatureServer on = FeatureServer.EMBEDDED;
        String run = start(on, "durable-timeout");

        assertThat(on.awaitStatus(run, "COMPLETED").path("output").asText()).isEqualTo("STEP_TIMEOUT after 2");
        assertThat(on.noted(name + " interrupted")).isEqualTo(2);
        assertThat(on.history(run)).containsSubsequence("step:retrying", "step:failed", "step:completed");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("W-02")
    void branchesEachRecordTheirSteps(FeatureServer on) {
        String run = start(on, "durable-branches");

        assertThat(on.awaitStatus(run, "COMPLETED").path("output"))
                .extracting(JsonNode::asText)
                .containsExactly("sent-0", "sent-1", "sent-2");
        for (String effect : List.of("send-0", "send-1", "send-2", "end")) {
            assertThat(on.noted(name + " " + effect)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("W-04")
    @Tag("W-15")
    void aRunSleepsForTwoYears(FeatureServer on) {
        String run = start(on, "durable-sleeper");
        JsonNode waiting = on.awaitStatus(run, "SUSPENDED").at("/waiting/0");
        assertThat(waiting.path("reason").asText()).isEqualTo("TIMER");
        assertThat(waiting.path("detail").asText()).contains("long#1");
        on.advance(Duration.ofDays(729));
        assertThat(on.run(run).path("status").asText()).isEqualTo("SUSPENDED");
        on.advance(Duration.ofDays(2));

        assertThat(on.awaitStatus(run, "COMPLETED").path("output").asText()).isEqualTo("awake");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("W-16")
    void aRunThatContinuesAsNewKeepsAShortJournal(FeatureServer on) {
        String run = on.startRun("durable-rounds", Map.of("input", Map.of("number", 1, "last", 150)));

        assertThat(on.awaitStatus(run, "COMPLETED").path("output").asInt()).isEqualTo(150);
        assertThat(on.http().get("/api/runs/" + run + "/steps").json().path("items"))
                .as("what the last round recorded")
                .hasSizeLessThanOrEqualTo(2);
        assertThat(on.http()
                        .get("/api/runs/" + run + "/events?limit=200")
                        .json()
                        .path("items"))
                .hasSize(200);
    }
}
