package dev.pawl.acceptance.feature.rerun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.HttpApi;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RerunIT {

    private final String correlation = "rerun-" + UUID.randomUUID();

    @ParameterizedTest
    @EnumSource
    @Tag("K-11")
    @Tag("K-26")
    void aCompletedRunIsBegunOnceMoreAtAStageWithAnEditedInput(FeatureServer on) {
        String run = start(on, "hello");
        JsonNode done = on.awaitStatus(run, "COMPLETED");
        assertThat(done.at("/output/value").asText()).isEqualTo("hello+first1+fragile1+last1");
        assertThat(done.at("/totals/tokens").asInt()).isEqualTo(10);

        HttpApi.Reply rerun = on.http()
                .post(
                        "/api/runs/" + run + "/rerun",
                        Map.of("fromStageId", "fragile", "input", Map.of("value", "edited")));
        assertThat(rerun.status()).isEqualTo(200);
        assertThat(rerun.json().path("attempt").asInt()).isEqualTo(2);
        JsonNode again = on.awaitStatus(run, "COMPLETED");

        assertThat(again.at("/output/value").asText()).isEqualTo("edited+fragile2+last2");
        assertThat(again.at("/totals/tokens").asInt()).isEqualTo(10);
        assertThat(on.noted(correlation + " first")).isEqualTo(1);
        assertThat(on.noted(correlation + " last")).isEqualTo(2);
        assertThat(on.history(run).stream().filter("workflow:completed"::equals))
                .hasSize(2);

        on.http().post("/api/runs/" + run + "/rerun", Map.of("fromStageId", "first"));
        assertThat(on.awaitStatus(run, "COMPLETED").at("/output/value").asText())
                .isEqualTo("hello+first3+fragile3+last3");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("K-11")
    @Tag("K-34")
    void whatCannotBeRerunIsRefusedWithItsReasonAndRetryBringsAnAttemptForward(FeatureServer on) {
        String run = start(on, "wait");
        assertRefused(on, run, Map.of("fromStageId", "first"), 409, "RUN_NOT_FINISHED");
        Await.until(
                "the first attempt to fail",
                Duration.ofSeconds(30),
                () -> on.run(run).at("/waiting/0/reason").asText().equals("RETRY"));
        on.open(correlation);
        assertThat(on.http()
                        .post("/api/runs/" + run + "/retry", Map.of())
                        .json()
                        .at("/stages/0")
                        .asText())
                .isEqualTo("fragile");
        assertThat(on.awaitStatus(run, "COMPLETED").at("/stages/1/attempt").asInt())
                .isEqualTo(2);

        assertRefused(on, run, Map.of("fromStageId", "nowhere"), 404, "STAGE_NOT_FOUND");
        assertRefused(on, run, Map.of("fromStageId", "fragile", "input", "text"), 400, "INVALID_INPUT");
        assertRefused(on, run, Map.of(), 400, "VALIDATION_FAILED");
        HttpApi.Reply retry = on.http().post("/api/runs/" + run + "/retry", Map.of());
        assertThat(retry.status()).isEqualTo(409);
        assertThat(retry.json().path("code").asText()).isEqualTo("RUN_FINISHED");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("K-11")
    void aCancelledRunNeedsTheFlagAndAStageThatNeverRanCannotBeBegunAt(FeatureServer on) {
        String run = start(on, "wait");
        Await.until(
                "the first attempt to fail",
                Duration.ofSeconds(30),
                () -> on.run(run).at("/waiting/0/reason").asText().equals("RETRY"));
        on.http().post("/api/runs/" + run + "/cancel", Map.of("reason", "no"));
        assertRefused(on, run, Map.of("fromStageId", "fragile"), 409, "RUN_CANCELLED");
        assertRefused(on, run, Map.of("fromStageId", "last", "allowCancelled", true), 409, "STAGE_NOT_EXECUTED");

        on.open(correlation);
        on.http().post("/api/runs/" + run + "/rerun", Map.of("fromStageId", "fragile", "allowCancelled", true));
        on.awaitStatus(run, "COMPLETED");
    }

    @Test
    @Tag("K-21")
    void aRunWhoseTransitionWasLostIsMovedOnByRepair() {
        FeatureServer on = FeatureServer.POSTGRES;
        String run = start(on, "wait");
        Await.until(
                "the first attempt to fail",
                Duration.ofSeconds(30),
                () -> on.run(run).at("/waiting/0/reason").asText().equals("RETRY"));
        on.database()
                .execute("UPDATE pawl_step SET status = 'COMPLETED', due_at = NULL, output = '{\"value\":\"mended\"}'"
                        + " WHERE run_id = '" + run + "' AND step_id = 'fragile'");

        try (var jms = on.server().jms()) {
            jms.send("commands", "{\"type\":\"run.repair\"}", Map.of());
        }

        assertThat(on.awaitStatus(run, "COMPLETED").at("/output/value").asText())
                .isEqualTo("mended+last1");
    }

    private String start(FeatureServer on, String value) {
        return on.startRun("repeatable", Map.of("input", Map.of("value", value), "correlationId", correlation));
    }

    private static void assertRefused(FeatureServer on, String run, Map<String, ?> body, int status, String code) {
        HttpApi.Reply reply = on.http().post("/api/runs/" + run + "/rerun", body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.json().path("code").asText()).isEqualTo(code);
    }
}
