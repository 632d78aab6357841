package dev.pawl.acceptance.feature.suspend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.feature.local.BusinessApi;
import dev.pawl.acceptance.server.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SuspendedStageIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String name = "batch-" + UUID.randomUUID();

    @ParameterizedTest
    @EnumSource
    @Tag("K-18")
    @Tag("K-20")
    @Tag("D-10")
    void aBatchIsPolledUntilItHasEndedAndTheRunGoesOn(FeatureServer on) {
        String run = start(on, "PT0.2S", "PT1H");
        JsonNode waiting = on.awaitStatus(run, "SUSPENDED");
        assertThat(waiting.at("/stages/0/status").asText()).isEqualTo("SUSPENDED");
        assertThat(waiting.at("/stages/0/maxWaitUntil").asText()).isNotEmpty();
        assertThat(waiting.at("/waiting/0/reason").asText()).isEqualTo("POLL");
        Await.until("three polls", PATIENCE, () -> on.noted(name + " polled") >= 3);

        on.open(name);
        JsonNode done = on.awaitStatus(run, "COMPLETED");

        assertThat(done.at("/output/text").asText()).isEqualTo("report of " + name + ", published");
        assertThat(on.noted(name + " submitted")).isEqualTo(1);
        assertThat(done.at("/stages/0/attempt").asInt()).isEqualTo(1);
        assertThat(on.history(run))
                .containsExactly(
                        "workflow:created",
                        "workflow:started",
                        "stage:started",
                        "stage:suspended",
                        "workflow:suspended",
                        "stage:completed",
                        "stage:started",
                        "stage:completed",
                        "workflow:completed");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("K-19")
    void aBatchThatTakesTooLongFailsItsRun(FeatureServer on) {
        String run = start(on, "PT6H", "PT24H");
        on.awaitStatus(run, "SUSPENDED");
        on.advance(Duration.ofHours(25));

        JsonNode failed = on.awaitStatus(run, "FAILED");
        assertThat(failed.at("/error/code").asText()).isEqualTo("MAX_WAIT_EXCEEDED");
        assertThat(failed.at("/error/message").asText()).contains("exceeded maxWaitUntil");
        assertThat(on.noted(name + " polled")).as("polls after a day away").isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("K-21")
    void aStagePolledEachHourIsNotTakenForStuck(FeatureServer on) {
        String run = start(on, "PT1H", "PT48H");
        on.awaitStatus(run, "SUSPENDED");
        for (int hour = 1; hour <= 3; hour++) {
            int polls = hour;
            on.advance(Duration.ofMinutes(61));
            on.http().post("/api/maintenance/tick", Map.of());
            Await.until("poll " + polls, PATIENCE, () -> on.noted(name + " polled") == polls);
            assertThat(on.run(run).path("status").asText()).isEqualTo("SUSPENDED");
        }
        on.open(name);
        on.advance(Duration.ofMinutes(61));
        on.awaitStatus(run, "COMPLETED");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("K-16")
    @Tag("K-21")
    void aStageThatHeartbeatsForLongIsNotTakenForStuck(FeatureServer on) {
        String run = on.startRun("relayed", Map.of("input", Map.of("value", name)));
        on.awaitReached(name);
        BusinessApi database = new BusinessApi(on.http());
        for (String table : List.of(
                "pawl_run SET started_at = started_at - INTERVAL '20' MINUTE WHERE id",
                "pawl_step SET started_at = started_at - INTERVAL '20' MINUTE WHERE run_id")) {
            database.update("UPDATE " + table + " = '" + run + "'");
        }

        JsonNode repaired = on.http().post("/api/maintenance/repair", Map.of()).json();
        assertThat(repaired.path("runs")).extracting(JsonNode::asText).doesNotContain(run);
        assertThat(on.http().post("/api/maintenance/reap", Map.of()).status()).isEqualTo(200);

        on.open(name);
        JsonNode done = on.awaitStatus(run, "COMPLETED");
        assertThat(done.at("/stages/0/attempt").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("K-34")
    @Tag("K-10")
    void retryBringsThePollForwardAndCancelEndsPolling(FeatureServer on) {
        String run = start(on, "PT6H", "PT24H");
        on.awaitStatus(run, "SUSPENDED");
        JsonNode retried =
                on.http().post("/api/runs/" + run + "/retry", Map.of()).json();
        assertThat(retried.at("/stages/0").asText()).isEqualTo("batch");
        Await.until("the poll", PATIENCE, () -> on.noted(name + " polled") == 1);
        Await.until(
                "the poll's report",
                PATIENCE,
                () -> on.run(run).at("/stages/0/polls").asInt() == 1);

        JsonNode cancelled = on.http()
                .post("/api/runs/" + run + "/cancel", Map.of("reason", "enough"))
                .json();
        assertThat(cancelled.path("cancelled").asBoolean()).isTrue();
        assertThat(on.run(run).at("/stages/0/status").asText()).isEqualTo("CANCELLED");
        on.advance(Duration.ofHours(7));
        on.http().post("/api/maintenance/tick", Map.of());
        assertThat(on.noted(name + " polled")).isEqualTo(1);
    }

    private String start(FeatureServer on, String every, String maxWait) {
        return on.startRun(
                "waits-for-batch", Map.of("input", Map.of("name", name, "every", every, "maxWait", maxWait)));
    }
}
