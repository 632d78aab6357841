package dev.pawl.acceptance.feature.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.FeatureServer;
import dev.pawl.acceptance.feature.Probes;
import dev.pawl.acceptance.feature.outbox.probe.FlakyListener;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.JmsClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Beans of the application that hear events. */
@Tag("K-25")
class ListenerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String bad = "deaf-" + UUID.randomUUID();
    private final String good = "heard-" + UUID.randomUUID();

    @ParameterizedTest
    @EnumSource
    @Tag("K-24")
    void aListenerThatFailsWithOneRunHearsAllOthersInOrderAndLaterWhatIsReplayed(FeatureServer on) {
        on.open("listener-fails-" + bad);
        String refused = held(on, bad);
        String heard = held(on, good);
        for (int i = 0; i < 6; i++) {
            pause(on, refused, i % 2 == 0);
            pause(on, heard, i % 2 == 0);
        }
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            expected.add(good + " heard workflow:" + (i % 2 == 0 ? "paused " : "resumed ") + (4 + i) + " attempt 1");
        }
        Await.until("the good run to be heard", PATIENCE, () -> notes(on, good).size() == 6);
        assertThat(notes(on, good)).isEqualTo(expected);

        Await.until(
                "three calls and a dead letter",
                PATIENCE,
                () -> FailingSinkIT.dead(on, refused).size() > 0);
        JsonNode letter = FailingSinkIT.dead(on, refused).path(0);
        assertThat(letter.path("listener").asText()).isEqualTo("pause-listener");
        assertThat(letter.path("attempts").asInt()).isEqualTo(3);
        assertThat(letter.path("sequence").asInt()).isEqualTo(4);
        assertThat(letter.path("events").toString()).isEqualTo("[\"workflow:paused\"]");
        assertThat(letter.path("reason").asText()).contains("the listener fails with " + bad);
        assertThat(notes(on, bad))
                .startsWith(
                        bad + " heard workflow:paused 4 attempt 1",
                        bad + " heard workflow:paused 4 attempt 2",
                        bad + " heard workflow:paused 4 attempt 3");

        on.open("listener-works-" + bad);
        Await.until("what came after the dead letter", PATIENCE, () -> notes(on, bad).stream()
                .anyMatch(note -> note.contains(" 9 attempt")));
        int before = notes(on, bad).size();
        int dead = FailingSinkIT.dead(on, refused).size();
        JsonNode replay = on.http()
                .post(
                        "/" + Probes.MODULE + "/commands",
                        Map.of("type", "plugin.replayDLQ", "runId", refused, "listener", "pause-listener"))
                .json();
        assertThat(replay.at("/result/replayed").asInt())
                .as("by a bean: " + replay)
                .isEqualTo(dead);
        Await.until("the replayed event", PATIENCE, () -> notes(on, bad).size() == before + dead);
        assertThat(notes(on, bad)).contains(bad + " heard workflow:paused 4 attempt 1");
        assertThat(FailingSinkIT.dead(on, refused)).isEmpty();
        on.open("hold-" + bad);
        on.open("hold-" + good);
        on.awaitStatus(heard, "COMPLETED");
    }

    @ParameterizedTest
    @EnumSource
    void aTransactionalListenerThatFailsTwiceIsCalledThreeTimesAndItsMessageIsSentOnce(FeatureServer on)
            throws Exception {
        String booked = "booked-" + UUID.randomUUID();
        String run = held(on, booked);
        assertThat(on.http()
                        .post("/api/runs/" + run + "/cancel", Map.of())
                        .json()
                        .path("cancelled")
                        .asBoolean())
                .isTrue();
        try (JmsClient jms = on.server().jms()) {
            assertThat(jms.receive(FlakyListener.BOOKED, PATIENCE).orElseThrow().getBody(String.class))
                    .isEqualTo(run + ":4");
            assertThat(jms.browse(FlakyListener.BOOKED)).isEmpty();
        }
        assertThat(on.journal().stream().filter(note -> note.startsWith(booked + " booking")))
                .containsExactly(
                        booked + " booking attempt 1", booked + " booking attempt 2", booked + " booking attempt 3");
        assertThat(FailingSinkIT.dead(on, run)).isEmpty();
        on.open("hold-" + booked);
    }

    private static String held(FeatureServer on, String flow) {
        String run = on.startRun("relayed", Map.of("correlationId", flow, "input", Map.of("value", "hold-" + flow)));
        on.awaitReached("hold-" + flow);
        return run;
    }

    private static void pause(FeatureServer on, String run, boolean pause) {
        assertThat(on.http()
                        .post("/api/runs/" + run + (pause ? "/pause" : "/resume"), Map.of())
                        .status())
                .isEqualTo(200);
    }

    private static List<String> notes(FeatureServer on, String flow) {
        return on.journal().stream()
                .filter(note -> note.startsWith(flow + " heard"))
                .toList();
    }
}
