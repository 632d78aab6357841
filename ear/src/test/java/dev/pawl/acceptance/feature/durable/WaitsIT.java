package dev.pawl.acceptance.feature.durable;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.HttpApi;
import dev.pawl.acceptance.server.JmsClient;
import jakarta.jms.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Durable code that waits for events and signals, which come over HTTP, by JMS and from other runs. */
class WaitsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String name = "waits-" + UUID.randomUUID();

    private String start(FeatureServer on, String workflow) {
        String run = on.startRun(workflow, Map.of("input", Map.of("name", name)));
        on.awaitStatus(run, "SUSPENDED");
        return run;
    }

    private Map<String, ?> event(String type, Object data) {
        return Map.of(
                "specversion",
                "1.0",
                "id",
                UUID.randomUUID().toString(),
                "source",
                "/tests",
                "type",
                type,
                "subject",
                name,
                "data",
                data);
    }

    private void publish(FeatureServer on, Object event) {
        HttpApi.Reply reply = on.http().post("/api/events", event);
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("W-05")
    @Tag("W-15")
    @Tag("E-01")
    void anEventWakesEveryRunThatWaitsForItOnceAndAnEarlyOneIsKept(FeatureServer on) {
        String one = start(on, "durable-approval");
        String other = start(on, "durable-approval");
        JsonNode waiting = on.run(one).at("/waiting/0");
        assertThat(waiting.path("reason").asText()).isEqualTo("EVENT");
        assertThat(waiting.path("detail").asText()).isEqualTo("Waits for the event 'probe.decided' of '" + name + "'");
        assertThat(waiting.path("until").asText()).isNotEmpty();

        Map<String, ?> event = event("probe.decided", Map.of("by", "ann", "approved", true));
        publish(on, event);
        publish(on, List.of(event, event("probe.other", 1)));

        for (String run : List.of(one, other)) {
            assertThat(on.awaitStatus(run, "COMPLETED").path("output").asText()).isEqualTo("approved by ann");
            assertThat(on.history(run)).containsOnlyOnce("wait:started").containsOnlyOnce("wait:completed");
        }
        start(on, "durable-approval");
        publish(on, event("probe.decided", Map.of("by", "bob", "approved", false)));
        publish(on, event("probe.decided", Map.of("by", "early", "approved", true)));
        String late = on.startRun("durable-approval", Map.of("input", Map.of("name", name)));
        assertThat(on.awaitStatus(late, "COMPLETED").path("output").asText()).isEqualTo("approved by early");
    }

    @Test
    @Tag("W-05")
    void withoutAnEventTheWaitEndsEmptyOrThrowsAsItsAuthorAsked() {
        FeatureServer on = FeatureServer.EMBEDDED;
        String lenient = start(on, "durable-approval");
        String strict = start(on, "durable-strict-approval");
        publish(on, event("probe.decided", Map.of("by", "eve", "approved", true)));
        on.awaitStatus(lenient, "COMPLETED");
        on.awaitStatus(strict, "COMPLETED");

        String empty = start(on, "durable-approval");
        String thrown = start(on, "durable-strict-approval");
        on.advance(Duration.ofHours(49));

        assertThat(on.awaitStatus(empty, "COMPLETED").path("output").asText()).isEqualTo("nobody decided");
        assertThat(on.awaitStatus(thrown, "COMPLETED").path("output").asText())
                .startsWith("caught: Run " + thrown + " waited for 'probe.decided' of '" + name + "' in vain");
        assertThat(on.history(empty)).contains("wait:timed-out");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("W-05")
    void filtersAskForPropertiesOfTheData(FeatureServer on) {
        String run = start(on, "durable-strict-approval");
        assertThat(on.run(run).at("/waiting/0/detail").asText()).endsWith("with {\"approved\":true}");

        publish(on, event("probe.decided", Map.of("by", "eve", "approved", false)));
        publish(on, event("probe.decided", Map.of("by", "ann", "approved", true)));

        assertThat(on.awaitStatus(run, "COMPLETED").path("output").asText()).isEqualTo("ann");
    }

    @Test
    @Tag("W-05")
    void ofAnyTheFirstEventEndsTheWaitAndOfAllTheLast() {
        FeatureServer on = FeatureServer.EMBEDDED;
        String both = start(on, "durable-several");
        publish(on, event("probe.paid", "cash"));
        Await.until(
                "the second wait",
                PATIENCE,
                () -> on.run(both).path("waiting").size() == 2
                        && on.run(both).at("/waiting/1/until").isTextual());
        publish(on, event("probe.paid", "card"));
        publish(on, event("probe.decided", Map.of("by", "ann", "approved", true)));
        assertThat(on.awaitStatus(both, "COMPLETED").path("output").asText()).isEqualTo("cash ann complete");

        String late = start(on, "durable-several");
        publish(on, event("probe.paid", "cash"));
        Await.until("the second wait", PATIENCE, () -> on.run(late)
                .at("/waiting/1/until")
                .isTextual());
        on.advance(Duration.ofHours(2));
        publish(on, event("probe.decided", Map.of("by", "bob", "approved", true)));
        assertThat(on.awaitStatus(late, "COMPLETED").path("output").asText()).isEqualTo("cash bob partly");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("W-14")
    @Tag("W-15")
    void aRunIsSentSignalsAndPublishesValues(FeatureServer on) {
        String run = start(on, "durable-signalled");
        assertThat(on.run(run).at("/waiting/0/reason").asText()).isEqualTo("SIGNAL");
        assertThat(on.http()
                        .get("/api/runs/" + run + "/queries/state")
                        .json()
                        .path("at")
                        .asText())
                .isEqualTo("beginning");
        assertThat(on.http().get("/api/runs/" + run + "/queries/nothing").status())
                .isEqualTo(404);
        JsonNode view = on.run(run);
        assertThat(view.at("/stages/0/metrics/legs").asDouble()).isEqualTo(2);
        assertThat(view.at("/stages/0/progress/message").asText()).isEqualTo("half way");

        assertThat(on.http()
                        .post("/api/runs/" + run + "/signals/go", Map.of("by", "ann", "approved", true))
                        .status())
                .isEqualTo(202);
        Await.until("the middle", PATIENCE, () -> on.http()
                .get("/api/runs/" + run + "/queries/state")
                .text()
                .contains("middle"));
        try (JmsClient jms = on.server().jms()) {
            jms.send(
                    "commands",
                    "{\"type\":\"run.signal\",\"runId\":\"" + run
                            + "\",\"name\":\"go\",\"data\":{\"by\":\"bob\",\"approved\":true}}",
                    Map.of());
        }

        assertThat(on.awaitStatus(run, "COMPLETED").path("output").asText()).isEqualTo("ann bob");
        assertThat(on.http()
                        .post("/api/runs/" + run + "/signals/go", Map.of())
                        .json()
                        .path("code")
                        .asText())
                .isEqualTo("RUN_FINISHED");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("E-01")
    @Tag("E-07")
    void eventsComeByJmsInBothForms(FeatureServer on) {
        String binary = start(on, "durable-approval");
        String doubled = UUID.randomUUID().toString();
        Map<String, String> attributes = Map.of(
                "ce_specversion",
                "1.0",
                "ce_id",
                doubled,
                "ce_source",
                "/tests",
                "ce_type",
                "probe.decided",
                "ce_correlationid",
                name);
        try (JmsClient jms = on.server().jms()) {
            jms.send("events.in", "{\"by\":\"ann\",\"approved\":true}", attributes);
            assertThat(on.awaitStatus(binary, "COMPLETED").path("output").asText())
                    .isEqualTo("approved by ann");

            String structured = start(on, "durable-approval");
            jms.send("events.in", "{\"by\":\"twice\",\"approved\":true}", attributes);
            jms.send(
                    "events.in",
                    "[{\"specversion\":\"1.0\",\"id\":\"" + UUID.randomUUID()
                            + "\",\"source\":\"/tests\",\"type\":\"probe.decided\",\"subject\":\"" + name
                            + "\",\"data\":{\"by\":\"bob\",\"approved\":false}}]",
                    Map.of());
            assertThat(on.awaitStatus(structured, "COMPLETED").path("output").asText())
                    .isEqualTo("refused by bob");
        }
    }

    @Test
    @Tag("E-01")
    void aMessageThatIsNoEventIsADeadLetterWithItsReason() throws Exception {
        FeatureServer on = FeatureServer.EMBEDDED;
        try (JmsClient jms = on.server().jms()) {
            jms.send("events.in", "{\"type\":\"" + name + "\"}", Map.of());
            Optional<Message> structured = jms.receive("events.in.dead", PATIENCE);
            jms.send("events.in", "{}", Map.of("ce_type", name, "ce_id", "1"));
            Optional<Message> binary = jms.receive("events.in.dead", PATIENCE);

            assertThat(structured).isPresent();
            assertThat(structured.get().getStringProperty("reason")).startsWith("VALIDATION_FAILED: ");
            assertThat(structured.get().getBody(String.class)).contains(name);
            assertThat(binary).isPresent();
            assertThat(binary.get().getStringProperty("ce_type")).isEqualTo(name);
            assertThat(jms.browse("events.in")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("E-01")
    void runsTellEachOtherByEvents(FeatureServer on) {
        String waiting = start(on, "durable-approval");
        String teller = on.startRun("durable-teller", Map.of("input", Map.of("name", name)));

        assertThat(on.awaitStatus(waiting, "COMPLETED").path("output").asText()).isEqualTo("approved by teller");
        on.awaitStatus(teller, "COMPLETED");
        assertThat(on.history(teller)).containsOnlyOnce("event:emitted");
    }
}
