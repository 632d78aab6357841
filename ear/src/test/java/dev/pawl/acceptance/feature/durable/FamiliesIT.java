package dev.pawl.acceptance.feature.durable;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.server.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Durable code with children and with compensation. */
class FamiliesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String name = "family-" + UUID.randomUUID();

    private String start(FeatureServer on, String workflow, String input) {
        return on.startRun(workflow, Map.of("input", Map.of("name", input), "correlationId", name));
    }

    /** What the parent says it waits for, once its other children have ended. */
    private static String awaitWaitingChild(FeatureServer on, String run) {
        JsonNode[] waiting = new JsonNode[1];
        Await.until("the child that waits", PATIENCE, () -> {
            waiting[0] = on.run(run).path("waiting");
            return waiting[0].size() == 1
                    && waiting[0].at("/0/reason").asText().equals("CHILD")
                    && waiting[0].at("/0/detail").asText().contains("child-waits");
        });
        return waiting[0].at("/0/detail").asText();
    }

    @ParameterizedTest
    @EnumSource
    @Tag("W-12")
    @Tag("W-13")
    void childrenRunSideBySideTheirFailureIsCaughtAndTheirParentIsShown(FeatureServer on) {
        String run = start(on, "durable-parent", name);
        String waitingFor = awaitWaitingChild(on, run);
        JsonNode family =
                on.http().get("/api/runs?correlationId=" + name).json().path("items");
        assertThat(family).hasSize(4);
        assertThat(family)
                .filteredOn(member -> !member.path("id").asText().equals(run))
                .allSatisfy(
                        child -> assertThat(child.path("parentRunId").asText()).isEqualTo(run));
        assertThat(family)
                .filteredOn(member -> waitingFor.endsWith(member.path("id").asText()))
                .hasSize(1);
        JsonNode steps = on.http().get("/api/runs/" + run + "/steps").json().path("items");
        assertThat(steps.get(2).at("/detail/runId").asText()).isEqualTo(waitingFor.substring(waitingFor.length() - 36));

        on.advance(Duration.ofDays(1));
        JsonNode done = on.awaitStatus(run, "COMPLETED");

        assertThat(done.path("output"))
                .extracting(JsonNode::asText)
                .containsExactly(
                        name + "-quick done", "WORKFLOW_FAILED true", name + "-waits done", name + "-sub done");
        for (String child : List.of("quick", "fails", "waits", "sub")) {
            assertThat(on.noted(name + "-" + child + " child")).isEqualTo(1);
        }
        assertThat(on.history(run))
                .contains("child:started", "child:completed", "child:failed")
                .containsOnlyOnce("child:failed");
    }

    @Test
    @Tag("W-12")
    void aChildGoesWithItsParentUnlessItIsDetached() {
        FeatureServer on = FeatureServer.EMBEDDED;
        String run = start(on, "durable-leaving-parent", name);
        JsonNode children = on.awaitStatus(run, "COMPLETED").path("output");

        on.awaitStatus(children.get(0).asText(), "CANCELLED");
        on.awaitStatus(children.get(1).asText(), "SUSPENDED");
        on.advance(Duration.ofDays(1));
        on.awaitStatus(children.get(1).asText(), "COMPLETED");
    }

    @Test
    @Tag("W-12")
    @Tag("K-10")
    void cancellingAParentCancelsItsChildren() {
        FeatureServer on = FeatureServer.EMBEDDED;
        String run = start(on, "durable-parent", name);
        String detail = awaitWaitingChild(on, run);
        on.http().post("/api/runs/" + run + "/cancel", Map.of("reason", "enough"));

        on.awaitStatus(detail.substring(detail.length() - 36), "CANCELLED");
        on.awaitStatus(run, "CANCELLED");
    }

    @ParameterizedTest
    @CsvSource({"EMBEDDED, flight, 0", "EMBEDDED, hotel, 1", "EMBEDDED, car, 2", "POSTGRES, car, 2"})
    @Tag("W-09")
    void whereverASagaFailsWhatItDidIsUndoneInReverseOrder(FeatureServer on, String failing, int booked) {
        String input = name + "-" + failing;
        String run = start(on, "durable-trip", input);

        JsonNode failed = on.awaitStatus(run, "FAILED");

        assertThat(failed.at("/error/message").asText()).contains(failing + " is sold out");
        List<String> all = List.of("flight", "hotel", "car");
        List<String> expected = new ArrayList<>();
        all.subList(0, booked).forEach(what -> expected.add(input + " book " + what));
        for (int i = booked; i >= 0; i--) {
            expected.add(input + " cancel " + all.get(i));
        }
        assertThat(on.journal().stream().filter(line -> line.startsWith(input + " ")))
                .containsExactlyElementsOf(expected);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("W-09")
    @Tag("K-10")
    void aCancelledSagaIsUndoneWhenAskedAndLeftAsItIsWhenNot(FeatureServer on) {
        String undone = start(on, "durable-trip", name + "-undone");
        String left = start(on, "durable-trip", name + "-left");
        on.awaitStatus(undone, "SUSPENDED");
        on.awaitStatus(left, "SUSPENDED");

        on.http().post("/api/runs/" + undone + "/cancel", Map.of("reason", "rain", "compensate", true));
        on.http().post("/api/runs/" + left + "/cancel", Map.of("reason", "rain"));

        on.awaitStatus(left, "CANCELLED");
        on.awaitStatus(undone, "CANCELLED");
        assertThat(on.history(undone))
                .containsSubsequence("workflow:cancelling", "step:completed", "workflow:cancelled");
        assertThat(on.journal().stream().filter(line -> line.startsWith(name + "-undone cancel")))
                .containsExactly(
                        name + "-undone cancel car", name + "-undone cancel hotel", name + "-undone cancel flight");
        assertThat(on.journal()).noneMatch(line -> line.startsWith(name + "-left cancel"));
    }
}
