package dev.pawl.acceptance.feature.stages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.server.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StageOutcomeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String name = "outcome-" + UUID.randomUUID();

    private String start(FeatureServer on, String workflow) {
        return on.startRun(workflow, Map.of("input", Map.of("value", name)));
    }

    private static List<JsonNode> events(FeatureServer on, String run, String type) {
        List<JsonNode> events = new ArrayList<>();
        on.http().get("/api/runs/" + run + "/events").json().path("items").forEach(event -> {
            if (event.path("type").asText().equals(type)) {
                events.add(event);
            }
        });
        return events;
    }

    @ParameterizedTest
    @EnumSource
    @Tag("D-01")
    @Tag("K-08")
    @Tag("K-09")
    void aSiblingThatIsTriedAgainDoesNotFailTheGroupAndItsCostCounts(FeatureServer on) {
        String run = start(on, "outcome-group");
        on.awaitReached(name);
        assertThat(on.run(run).path("status").asText())
                .as("one sibling has failed once, the other is complete")
                .isEqualTo("RUNNING");
        on.open(name);

        JsonNode done = on.awaitStatus(run, "COMPLETED");

        assertThat(done.at("/output/fine/value").asText()).isEqualTo(name + " fine");
        assertThat(done.at("/output/flaky/value").asText()).isEqualTo(name + " at last");
        assertThat(done.at("/totals/cost").asDouble()).isEqualTo(0.25 + 0.5 + 0.5);
        assertThat(done.at("/totals/tokens").asInt()).isEqualTo(10 + 100 + 100);
        assertThat(done.path("durationMs").asLong())
                .isEqualTo(Duration.between(
                                Instant.parse(done.path("startedAt").asText()),
                                Instant.parse(done.path("completedAt").asText()))
                        .toMillis());
        assertThat(done.at("/stages/0/metrics/pages").asDouble()).isEqualTo(4);
        assertThat(done.at("/stages/1/attempt").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("K-08")
    void aStageWhoseAttemptsAreUsedUpFailsTheRunAtOnceWithItsErrorWhileASiblingHasARetryPending(FeatureServer on) {
        String run = start(on, "outcome-doomed");
        Await.until("the retry of a sibling", PATIENCE, () -> !events(on, run, "stage:retrying")
                .isEmpty());
        on.open(name);

        JsonNode failed = on.awaitStatus(run, "FAILED");

        assertThat(failed.at("/error/stage").asText()).isEqualTo("doomed");
        assertThat(failed.at("/error/message").asText()).contains("the printer is on fire, attempt 2");
        assertThat(failed.path("waiting")).isEmpty();
        assertThat(on.history(run)).containsOnlyOnce("workflow:failed").containsOnlyOnce("stage:failed");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("K-17")
    @Tag("K-34")
    void withoutAPolicyThereAreThreeAttemptsTwoAndFourSecondsApart(FeatureServer on) {
        String run = start(on, "outcome-default");
        for (int attempt = 1; attempt < 3; attempt++) {
            int failures = attempt;
            Await.until(
                    "failure " + failures,
                    PATIENCE,
                    () -> events(on, run, "stage:retrying").size() == failures);
            JsonNode retrying = events(on, run, "stage:retrying").get(failures - 1);
            assertThat(Duration.between(
                            Instant.parse(retrying.path("occurredAt").asText()),
                            Instant.parse(retrying.at("/payload/nextAttemptAt").asText())))
                    .isEqualTo(Duration.ofSeconds(2L * failures));
            on.http().post("/api/runs/" + run + "/retry", Map.of());
        }

        JsonNode failed = on.awaitStatus(run, "FAILED");

        assertThat(failed.at("/stages/0/attempt").asInt()).isEqualTo(3);
    }
}
