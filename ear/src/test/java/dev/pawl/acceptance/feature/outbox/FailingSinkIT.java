package dev.pawl.acceptance.feature.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.HttpApi;
import dev.pawl.acceptance.server.JmsClient;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A sink of the application in the place of the topic, which refuses what it is told to. */
class FailingSinkIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String bad = "bad-" + UUID.randomUUID();
    private final String good = "good-" + UUID.randomUUID();

    @ParameterizedTest
    @EnumSource
    @Tag("K-23")
    @Tag("K-24")
    @Tag("K-33")
    void whatTheSinkRefusesBecomesDeadLettersOfWhichTwoAreReplayedWhileAllOthersArrive(FeatureServer on)
            throws Exception {
        assertThat(on.server().logged("GuardedSink of the application takes the place of the default EventSink"))
                .isNotEmpty();
        on.open("sink-refuses-" + bad);
        try (JmsClient jms = on.server().jms();
                JmsClient.Subscription topic =
                        jms.subscribe("events", "ce_correlationid IN ('" + bad + "', '" + good + "')")) {
            String refused = start(on, bad, "");
            for (int i = 0; i < 20; i++) {
                start(on, good, "");
            }
            List<String> arrived = take(topic, 20 * 5);
            assertThat(arrived).as("nothing of the bad run").allMatch(event -> event.startsWith(good));
            assertThat(on.awaitStatus(refused, "COMPLETED").path("status").asText())
                    .isEqualTo("COMPLETED");

            Await.until(
                    "every entry of the bad run to be given up",
                    PATIENCE,
                    () -> dead(on, refused).size() == 3);
            JsonNode letters = dead(on, refused);
            assertThat(letters.findValuesAsText("attempts")).containsOnly("3");
            assertThat(letters.findValuesAsText("reason"))
                    .allMatch(reason -> reason.contains("the sink refuses " + bad));
            assertThat(letters.findValuesAsText("sequence")).containsExactly("1", "2", "4");
            assertThat(letters.at("/1/events").toString()).isEqualTo("[\"workflow:started\",\"stage:started\"]");
            assertThat(letters.at("/0/workflowId").asText()).isEqualTo("relayed");
            assertThat(letters.at("/0/correlationId").asText()).isEqualTo(bad);

            on.open("sink-accepts-" + bad);
            HttpApi.Reply replay = on.http().post("/api/outbox/replay", Map.of("max", 2, "runId", refused));
            assertThat(replay.status()).as(replay.text()).isEqualTo(200);
            assertThat(replay.json().path("replayed").asInt()).isEqualTo(2);
            assertThat(take(topic, 3)).containsExactly(bad + " 1", bad + " 2", bad + " 3");
            assertThat(dead(on, refused).findValuesAsText("sequence")).containsExactly("4");

            Optional<String> answer = jms.request(
                    "commands",
                    "{\"type\":\"plugin.replayDLQ\",\"max\":100,\"runId\":\"" + refused + "\"}",
                    Map.of(),
                    PATIENCE);
            assertThat(JSON.readTree(answer.orElseThrow())
                            .at("/result/replayed")
                            .asInt())
                    .isEqualTo(1);
            assertThat(take(topic, 2)).containsExactly(bad + " 4", bad + " 5");
            assertThat(dead(on, refused)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("K-23")
    void aRunWhoseEntryIsLateGoesOnInOrderOnceTheSinkTakesIt(FeatureServer on) throws Exception {
        try (JmsClient jms = on.server().jms();
                JmsClient.Subscription topic = jms.subscribe("events", "ce_correlationid = '" + bad + "'")) {
            String run = start(on, bad, "hold-" + bad);
            assertThat(take(topic, 3)).containsExactly(bad + " 1", bad + " 2", bad + " 3");
            on.open("sink-refuses-" + bad);
            for (int i = 0; i < 10; i++) {
                assertThat(on.http()
                                .post("/api/runs/" + run + (i % 2 == 0 ? "/pause" : "/resume"), Map.of())
                                .status())
                        .isEqualTo(200);
            }
            on.open("hold-" + bad);
            on.awaitStatus(run, "COMPLETED");
            assertThat(topic.next(Duration.ofMillis(200))).isEmpty();

            on.open("sink-accepts-" + bad);

            List<String> expected = new ArrayList<>();
            for (int sequence = 4; sequence <= 15; sequence++) {
                expected.add(bad + " " + sequence);
            }
            assertThat(take(topic, 12)).isEqualTo(expected);
        }
    }

    @Test
    @Tag("K-23")
    void anEventNobodyCanReadIsADeadLetterAndTheRestOfItsRunArrives() throws Exception {
        FeatureServer on = FeatureServer.POSTGRES;
        on.open("sink-refuses-" + bad);
        try (JmsClient jms = on.server().jms();
                JmsClient.Subscription topic =
                        jms.subscribe("events", "ce_correlationid IN ('" + bad + "', '" + good + "')")) {
            String run = start(on, bad, "");
            on.awaitStatus(run, "COMPLETED");
            on.database()
                    .execute("update pawl_event_chunk set events = '[{\"type\":' where first_sequence = 1"
                            + " and run_id = '" + run + "'");
            on.open("sink-accepts-" + bad);
            start(on, good, "");

            Await.until(
                    "the unreadable entry to be given up",
                    PATIENCE,
                    () -> dead(on, run).size() == 1);
            JsonNode letter = dead(on, run).path(0);
            assertThat(letter.path("sequence").asInt()).isEqualTo(1);
            assertThat(letter.path("reason").asText()).contains("not a list of events");
            assertThat(letter.path("events")).isEmpty();
            List<String> arrived = take(topic, 5 + 4);
            assertThat(arrived).contains(bad + " 2", bad + " 3", bad + " 4", bad + " 5", good + " 1", good + " 5");
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("K-24")
    void badRequestsAreRefusedByName(FeatureServer on) {
        assertProblem(on.http().get("/api/outbox/dead-letters?cursor=nonsense"), "INVALID_PARAMETER");
        assertProblem(on.http().get("/api/outbox/dead-letters?limit=0"), "INVALID_PARAMETER");
        assertProblem(on.http().get("/api/outbox/dead-letters?run=" + "x".repeat(65)), "INVALID_PARAMETER");
        assertProblem(on.http().post("/api/outbox/replay", Map.of("max", 0)), "VALIDATION_FAILED");
        assertProblem(on.http().post("/api/outbox/replay", Map.of("listener", "a\u0000b")), "VALIDATION_FAILED");
        assertProblem(on.http().post("/api/outbox/replay", Map.of("colour", "red")), "VALIDATION_FAILED");
        assertThat(on.http()
                        .post(
                                "/api/outbox/replay",
                                Map.of("runId", UUID.randomUUID().toString()))
                        .json()
                        .path("replayed")
                        .asInt(-1))
                .isZero();
    }

    private static void assertProblem(HttpApi.Reply reply, String code) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.json().path("code").asText()).isEqualTo(code);
    }

    /** With a key, so that it is claimed in a transaction of its own: three entries in the outbox, whoever has room. */
    private static String start(FeatureServer on, String correlation, String gate) {
        HttpApi.Reply reply = on.http()
                .post(
                        "/api/workflows/relayed/runs",
                        Map.of("correlationId", correlation, "input", Map.of("value", gate)),
                        Map.of("Idempotency-Key", UUID.randomUUID().toString()));
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        return reply.json().path("id").asText();
    }

    static JsonNode dead(FeatureServer on, String run) {
        return on.http().get("/api/outbox/dead-letters?run=" + run).json().path("items");
    }

    /** The next events of the topic, as their flow and sequence. */
    private static List<String> take(JmsClient.Subscription topic, int count) throws JMSException {
        List<String> taken = new ArrayList<>();
        while (taken.size() < count) {
            Message event = topic.next(PATIENCE)
                    .orElseThrow(() -> new AssertionError("after " + taken.size() + " of " + count + ": " + taken));
            taken.add(event.getStringProperty("ce_correlationid") + " " + event.getLongProperty("ce_sequence"));
        }
        return taken;
    }
}
