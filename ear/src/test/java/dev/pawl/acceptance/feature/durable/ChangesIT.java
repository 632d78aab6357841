package dev.pawl.acceptance.feature.durable;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.HttpApi;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Durable code that is changed while runs of it are open. */
@Tag("W-03")
class ChangesIT {

    private final String name = "changed-" + UUID.randomUUID();

    private String start(FeatureServer on, String workflow) {
        String run = on.startRun(workflow, Map.of("input", Map.of("name", name)));
        on.awaitStatus(run, "SUSPENDED");
        return run;
    }

    private void signal(FeatureServer on, String run) {
        assertThat(on.http().post("/api/runs/" + run + "/signals/go", "\"x\"").status())
                .isEqualTo(202);
    }

    @ParameterizedTest
    @EnumSource
    void codeThatDoesNotFitItsHistoryIsParkedAndGoesOnOnceItIsMended(FeatureServer on) {
        String run = start(on, "durable-changing");
        on.open(name + "-changed");
        signal(on, run);
        Await.until(
                "the mismatch",
                Duration.ofSeconds(30),
                () -> on.run(run).at("/waiting/0/reason").asText().equals("NONDETERMINISM"));
        JsonNode parked = on.run(run);
        assertThat(parked.path("status").asText()).isEqualTo("SUSPENDED");
        assertThat(parked.at("/waiting/0/detail").asText())
                .contains("Run " + run, "step 'first#1'", "step 'renamed#1'")
                .contains("ctx.changed");
        assertThat(on.history(run)).containsOnlyOnce("workflow:parked");

        on.open(name + "-mended");
        assertThat(on.http().post("/api/runs/" + run + "/retry", Map.of()).status())
                .isEqualTo(200);

        assertThat(on.awaitStatus(run, "COMPLETED").path("output").asText()).isEqualTo("ab");
        assertThat(on.noted(name + " first")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void theReplayCheckNamesWhatWouldBreakBeforeAnythingDoes(FeatureServer on) {
        String run = start(on, "durable-changing");
        List<String> before = on.history(run);
        assertThat(breaking(on))
                .noneMatch(breach -> breach.path("runId").asText().equals(run));
        on.open(name + "-changed");

        assertThat(breaking(on))
                .filteredOn(breach -> breach.path("runId").asText().equals(run))
                .singleElement()
                .satisfies(breach -> {
                    assertThat(breach.path("code").asText()).isEqualTo("NONDETERMINISM");
                    assertThat(breach.path("version").asInt()).isEqualTo(1);
                    assertThat(breach.path("message").asText()).contains("step 'first#1'", "step 'renamed#1'");
                });
        assertThat(on.noted(name + " first")).as("no step runs").isEqualTo(1);
        assertThat(on.history(run)).as("nothing is written").isEqualTo(before);

        on.open(name + "-mended");
        signal(on, run);
        on.awaitStatus(run, "COMPLETED");
        assertThat(on.http().post("/api/workflows/nothing/replay-check", "").status())
                .isEqualTo(404);
    }

    private static JsonNode breaking(FeatureServer on) {
        HttpApi.Reply reply = on.http().post("/api/workflows/durable-changing/replay-check?limit=1000", "");
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json().path("breaking");
    }

    @ParameterizedTest
    @EnumSource
    void aMarkedChangeLetsOldRunsFinishTheirWay(FeatureServer on) {
        String before = start(on, "durable-marked");
        on.open(name + "-changed");
        String after = start(on, "durable-marked");
        signal(on, before);
        signal(on, after);

        assertThat(on.awaitStatus(before, "COMPLETED").path("output").asText()).isEqualTo("old old");
        assertThat(on.awaitStatus(after, "COMPLETED").path("output").asText()).isEqualTo("new new");
        assertThat(on.history(after)).contains("version:marked");
    }
}
