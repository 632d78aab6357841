package dev.pawl.acceptance.feature.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.feature.samples.SamplePage.Script;
import dev.pawl.acceptance.server.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every script of the page of samples, played once on a server; and what the page says may be tried beside them. */
@Tag("J-10")
class SamplesIT {

    private static final Map<FeatureServer, Map<String, String>> PLAYED = new EnumMap<>(FeatureServer.class);
    private static final List<String> ON_POSTGRES = List.of("document-review", "ship-order");

    private final FeatureServer server = FeatureServer.EMBEDDED;
    private final String id = "sample-" + UUID.randomUUID();

    private static synchronized String played(FeatureServer server, String workflow) {
        return PLAYED.computeIfAbsent(server, fresh -> Playing.on(fresh, scriptsFor(fresh)))
                .get(workflow);
    }

    private static List<Script> scriptsFor(FeatureServer server) {
        return SamplePage.scripts().stream()
                .filter(script -> server == FeatureServer.EMBEDDED || ON_POSTGRES.contains(script.workflow()))
                .toList();
    }

    static Stream<Script> scripts() {
        return SamplePage.scripts().stream();
    }

    static void publish(FeatureServer server, String type, String correlation, Object data) {
        Map<String, ?> event = Map.of(
                "specversion",
                "1.0",
                "source",
                "/samples",
                "id",
                UUID.randomUUID().toString(),
                "type",
                type,
                "subject",
                correlation,
                "data",
                data);
        assertThat(server.http().post("/api/events", event).status()).isEqualTo(202);
    }

    private String start(String workflow, Map<String, ?> input) {
        return server.startRun(workflow, Map.of("input", input, "correlationId", id));
    }

    private void awaitWaiting(String run) {
        Await.until(
                "run " + run + " to wait for an event",
                Duration.ofSeconds(60),
                () -> server.run(run).at("/waiting/0/reason").asText().equals("EVENT"));
    }

    private static List<String> steps(FeatureServer server, String run) {
        List<String> names = new ArrayList<>();
        server.http()
                .get("/api/runs/" + run + "/steps")
                .json()
                .path("items")
                .forEach(step -> names.add(step.path("name").asText()));
        return names;
    }

    @ParameterizedTest
    @MethodSource("scripts")
    @Tag("W-02")
    void everyScriptOfThePageComesToItsOutput(Script script) {
        String run = played(server, script.workflow());

        JsonNode view = server.awaitStatus(run, "COMPLETED");

        assertSame(script.output(), view.path("output"));
        assertThat(server.history(run))
                .startsWith("workflow:created", "workflow:started")
                .endsWith("workflow:completed");
    }

    /** An ellipsis stands for any text. */
    private static void assertSame(JsonNode expected, JsonNode actual) {
        if (expected.isTextual() && expected.asText().equals("…")) {
            assertThat(actual.asText()).isNotBlank();
        } else if (expected.isObject()) {
            assertThat(actual.fieldNames()).toIterable().containsExactlyElementsOf(expected::fieldNames);
            expected.fieldNames().forEachRemaining(name -> assertSame(expected.path(name), actual.path(name)));
        } else {
            assertThat(actual).isEqualTo(expected);
        }
    }

    @Test
    @Tag("W-10")
    void anApproverWhoIsSilentFor48HoursHasRejected() {
        String run = played(server, "expense-approval");
        server.awaitStatus(run, "COMPLETED");

        assertThat(server.history(run))
                .containsSubsequence("wait:started", "wait:completed", "wait:started", "wait:timed-out");
        assertThat(steps(server, run)).containsSubsequence("ask-manager", "ask-vp", "tell-employee");
    }

    @Test
    @Tag("W-10")
    void upToAThousandTheManagerDecidesAlone() {
        String run =
                start("expense-approval", Map.of("id", id, "employee", "ada", "amount", 1000, "purpose", "a lamp"));
        publish(server, "expense.answered", id, Map.of("level", "MANAGER", "approved", true, "by", "Grace"));

        assertThat(server.awaitStatus(run, "COMPLETED").at("/output/approved").asBoolean())
                .isTrue();
        assertThat(steps(server, run)).doesNotContain("ask-vp");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("W-11")
    void reviewersAreRemindedAndTheStrictestOpinionCounts(FeatureServer on) {
        String run = played(on, "document-review");

        JsonNode view = on.awaitStatus(run, "COMPLETED");

        assertThat(view.at("/output/verdict").asText()).isEqualTo("CHANGES_REQUESTED");
        assertThat(steps(on, run)).filteredOn("ask"::equals).hasSize(3);
        assertThat(steps(on, run)).filteredOn("remind"::equals).hasSize(2);
        assertThat(on.history(run)).filteredOn("wait:timed-out"::equals).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("W-12")
    void anOrderAndItsParcelsAreParentAndChildren(FeatureServer on) {
        String run = played(on, "ship-order");
        JsonNode view = on.awaitStatus(run, "COMPLETED");

        assertThat(view.at("/output/lost/0").asText()).isEqualTo("p-2");
        assertThat(on.history(run)).filteredOn("child:started"::equals).hasSize(3);
        assertThat(on.history(run)).filteredOn("child:completed"::equals).hasSize(2);
        assertThat(on.history(run)).filteredOn("child:failed"::equals).hasSize(1);
        JsonNode family = on.http()
                .get("/api/runs?correlationId=" + view.path("correlationId").asText())
                .json()
                .path("items");
        assertThat(family).hasSize(4);
        assertThat(family)
                .filteredOn(member -> member.path("workflowId").asText().equals("deliver-parcel"))
                .hasSize(3)
                .allMatch(member -> member.path("parentRunId").asText().equals(run));
    }

    @Test
    @Tag("W-12")
    void parcelsAreCancelledWithTheirOrder() {
        String run = start("ship-order", Map.of("parcels", List.of(Map.of("number", id))));
        Await.until("the parcel to be under way", Duration.ofSeconds(60), () -> server.history(run)
                .contains("child:started"));
        assertThat(server.http()
                        .post("/api/runs/" + run + "/cancel", Map.of("reason", "no longer wanted"))
                        .status())
                .isEqualTo(200);

        Await.until("parent and child to be cancelled", Duration.ofSeconds(60), () -> {
            JsonNode family =
                    server.http().get("/api/runs?correlationId=" + id).json().path("items");
            return family.size() == 2
                    && family.get(0).path("status").asText().equals("CANCELLED")
                    && family.get(1).path("status").asText().equals("CANCELLED");
        });
    }

    @Test
    @Tag("W-09")
    void moneyGoesBackTheWayItCame() {
        String run = played(server, "ticket-sale");
        server.awaitStatus(run, "COMPLETED");

        assertThat(steps(server, run)).containsExactly("hold", "capture", "print", "refund", "release");
    }

    @Test
    @Tag("W-09")
    void aTripIsUndoneWhereItFailsAndTheOriginalErrorIsKept() {
        String flightless = start("book-trip", Map.of("id", id, "destination", "Utopia"));
        String roomless = start("book-trip", Map.of("id", id, "destination", "Atlantis"));

        assertThat(server.awaitStatus(flightless, "FAILED").at("/error/code").asText())
                .isEqualTo("NO_FLIGHT");
        assertThat(steps(server, flightless)).containsExactly("book-flight", "cancel-flight");
        assertThat(server.awaitStatus(roomless, "FAILED").at("/error/code").asText())
                .isEqualTo("NO_ROOM");
        assertThat(steps(server, roomless))
                .containsExactly("book-flight", "book-hotel", "cancel-hotel", "cancel-flight");
    }

    @Test
    @Tag("W-09")
    @Tag("K-10")
    void aTripIsUndoneWhenItsCustomerCancels() {
        String run = start("book-trip", Map.of("id", id, "destination", "Rome"));
        awaitWaiting(run);
        server.http().post("/api/runs/" + run + "/cancel", Map.of("reason", "rain", "compensate", true));

        server.awaitStatus(run, "CANCELLED");
        assertThat(steps(server, run)).containsSubsequence("cancel-hotel", "cancel-flight");
    }

    @Test
    @Tag("T-04")
    void remindersAreIndependentAndOneWhoseTimeHasPassedGoesOutAtOnce() {
        JsonNode planned = server.awaitStatus(played(server, "cart-reminders"), "COMPLETED")
                .path("output");

        assertThat(server.awaitStatus(planned.path("afterAnHour").asText(), "COMPLETED")
                        .at("/output/sent")
                        .asBoolean())
                .isTrue();
        assertThat(server.awaitStatus(planned.path("afterADay").asText(), "COMPLETED")
                        .at("/output/sent")
                        .asBoolean())
                .as("checked out before")
                .isFalse();
        String late = start(
                "remind-of-cart",
                Map.of("cart", id, "customer", "ann", "text", "late", "at", Instant.EPOCH.toString()));
        assertThat(server.awaitStatus(late, "COMPLETED").at("/output/sent").asBoolean())
                .isTrue();
    }

    @Test
    @Tag("T-04")
    void aReminderIsCancelledAlone() {
        String run = start("cart-reminders", Map.of("id", id, "customer", "ann"));
        JsonNode planned = server.awaitStatus(run, "COMPLETED").path("output");
        String soon = planned.path("afterAnHour").asText();
        String late = planned.path("afterADay").asText();
        awaitWaiting(late);

        server.http().post("/api/runs/" + soon + "/cancel", Map.of("reason", "not so soon"));
        server.awaitStatus(soon, "CANCELLED");
        assertThat(server.run(late).path("status").asText()).isEqualTo("SUSPENDED");
        publish(server, "cart.checked-out", id, Map.of("order", "o-1"));

        assertThat(server.awaitStatus(late, "COMPLETED").at("/output/sent").asBoolean())
                .isFalse();
    }
}
