package dev.pawl.acceptance.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.HttpApi;
import dev.pawl.acceptance.server.LibertyServer;
import dev.pawl.acceptance.server.ServerPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The default set-up, killed at every point in the life of a run; a restart alone must mend it. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class KilledServerIT {

    private static final int PLACES = 4;
    private static final List<String> WHOLE_HISTORY = List.of(
            "workflow:created",
            "workflow:started",
            "stage:started",
            "stage:completed",
            "stage:started",
            "stage:completed",
            "stage:started",
            "stage:completed",
            "workflow:completed");

    private static ProbeServer probe;
    private static LibertyServer server;

    @BeforeAll
    static void start() {
        Path folder = Path.of("target/acceptance/KilledServerIT");
        ServerPlan plan =
                LibertyServer.in(folder.resolve("server")).variable("pawl.worker.places", Integer.toString(PLACES));
        probe = ProbeServer.addTo(plan, folder);
        server = plan.build().start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    @Order(1)
    @Tag("K-16")
    @Tag("K-18")
    @Tag("D-10")
    @Tag("K-22")
    void killedInEachPhaseOfARunEveryRunCompletesByItselfAndNoCompletedStageRunsTwice() {
        HttpApi http = server.http();
        String suspended = ProbeServer.start(http, "batch", ProbeServer.input("batch", "batch-ended"));
        ProbeServer.awaitStatus(server, suspended, "SUSPENDED");
        List<String> held = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            held.add(ProbeServer.start(http, "three-steps", ProbeServer.input("held-" + i, "kill-" + i)));
        }
        for (int i = 0; i < PLACES; i++) {
            probe.awaitReached("kill-" + i);
        }
        List<String> unclaimed = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            unclaimed.add(ProbeServer.start(http, "three-steps", ProbeServer.input("unclaimed-" + i)));
        }
        assertThat(http.get("/api/runs/" + unclaimed.get(2))
                        .json()
                        .path("status")
                        .asText())
                .as("no place is free, so the run is not claimed when the server is killed")
                .isEqualTo("PENDING");

        server.kill9();
        for (int i = 0; i < PLACES; i++) {
            probe.open("kill-" + i);
        }
        server.start();

        assertThat(http.get("/api/runs/" + suspended).json().path("status").asText())
                .as("a run that waits for work elsewhere still does")
                .isEqualTo("SUSPENDED");
        probe.open("batch-ended");
        JsonNode batch = ProbeServer.awaitStatus(server, suspended, "COMPLETED");
        assertThat(batch.path("stages").get(0).path("attempt").asInt()).isEqualTo(1);
        for (String run : unclaimed) {
            ProbeServer.awaitStatus(server, run, "COMPLETED");
            assertThat(ProbeServer.history(server, run)).isEqualTo(WHOLE_HISTORY);
        }
        for (String run : held) {
            JsonNode view = ProbeServer.awaitStatus(server, run, "COMPLETED");
            assertThat(view.path("stages").get(0).path("attempt").asInt()).isEqualTo(1);
            assertThat(view.path("stages").get(1).path("attempt").asInt())
                    .as("the attempt that was killed counts")
                    .isEqualTo(2);
            List<String> once = new ArrayList<>(ProbeServer.history(server, run));
            assertThat(once.remove("stage:retrying")).isTrue();
            assertThat(once).isEqualTo(WHOLE_HISTORY);
        }
        assertThat(probe.journal()).doesNotHaveDuplicates().hasSize(3 * (PLACES + 3) + 2);
    }

    @Test
    @Order(2)
    @Tag("K-04")
    @Tag("K-13")
    void killedBetweenUserCodeAndReportTheStageRunsAgainButNotTheOneBeforeAndAnOpenKeyIsFreeAgain() {
        String keyed = ProbeServer.start(server.http(), "starts-under-a-key", ProbeServer.input("keyed"));
        probe.awaitReached("keyed");
        probe.write("halt-before-report-word");
        ProbeServer.startFatal(server.http(), "last-word", ProbeServer.input("word"), "fatal-word");
        Await.until("the process ends itself", ProbeServer.PATIENCE, () -> !server.isRunning());
        server.start();

        String run = ProbeServer.correlated(server.http(), "fatal-word");
        JsonNode view = ProbeServer.awaitStatus(server, run, "COMPLETED");
        assertThat(view.path("output").path("name").asText()).isEqualTo("word");
        assertThat(Collections.frequency(probe.journal(), "word first")).isEqualTo(1);
        assertThat(Collections.frequency(probe.journal(), "word says-last-word"))
                .as("its result was not recorded, so it runs once more")
                .isEqualTo(2);
        assertThat(ProbeServer.history(server, run).stream().filter("stage:completed"::equals))
                .hasSize(2);

        ProbeServer.awaitStatus(server, keyed, "COMPLETED");
        List<String> started = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            HttpApi.Reply reply = server.http()
                    .post(
                            "/api/workflows/three-steps/runs",
                            Map.of("input", ProbeServer.input("keyed-again"), "correlationId", "keyed"),
                            Map.of("Idempotency-Key", "keyed"));
            assertThat(reply.status())
                    .as("the input differs from that of the killed command: %s", reply.text())
                    .isEqualTo(202);
            started.add(reply.json().path("id").asText());
        }
        assertThat(started.get(1)).isEqualTo(started.get(0));
        ProbeServer.awaitStatus(server, started.get(0), "COMPLETED");
        assertThat(server.http().get("/api/runs?correlationId=keyed").json().path("items"))
                .hasSize(1);
        assertThat(probe.journal()).containsOnlyOnce("keyed-again first").doesNotContain("keyed-undone first");
    }

    @Test
    @Order(3)
    @Tag("K-16")
    void aStageThatKillsItsServerFailsWhenItsAttemptsAreUsedUp() {
        ProbeServer.startFatal(server.http(), "crash-loop", ProbeServer.input("loop"), "fatal-loop");
        Await.until("the first crash", ProbeServer.PATIENCE, () -> !server.isRunning());
        server.launch();
        Await.until("the second crash", Duration.ofSeconds(90), () -> !server.isRunning());
        server.start();

        String run = ProbeServer.correlated(server.http(), "fatal-loop");
        JsonNode view = ProbeServer.awaitStatus(server, run, "FAILED");
        assertThat(view.path("error").path("code").asText()).isEqualTo("LEASE_EXPIRED");
        assertThat(probe.journal()).contains("loop attempt 1", "loop attempt 2").doesNotContain("loop attempt 3");
    }

    @Test
    @Order(4)
    @Tag("K-02")
    void oneFreePlaceWorksOffWaitingRunsByPriorityAndThenInOrderOfCreation() {
        HttpApi http = server.http();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            all.add(ProbeServer.start(http, "three-steps", ProbeServer.input("blocker-" + i, "place-" + i)));
        }
        for (int i = 0; i < PLACES; i++) {
            probe.awaitReached("place-" + i);
        }
        for (String name : List.of("1-a", "9-a", "5-a", "9-b", "0-a", "5-b", "1-b")) {
            int priority = Character.digit(name.charAt(0), 10);
            all.add(ProbeServer.start(http, "three-steps", ProbeServer.input("by-priority " + name), priority));
        }
        probe.open("place-0");
        all.stream().skip(PLACES).forEach(run -> ProbeServer.awaitStatus(server, run, "COMPLETED"));
        assertThat(probe.journal().stream()
                        .filter(line -> line.startsWith("by-priority") && line.endsWith("first"))
                        .map(line -> line.split(" ")[1]))
                .containsExactly("9-a", "9-b", "5-a", "5-b", "1-a", "1-b", "0-a");
        for (int i = 1; i < PLACES; i++) {
            probe.open("place-" + i);
        }
        all.forEach(run -> ProbeServer.awaitStatus(server, run, "COMPLETED"));
    }

    @Test
    @Order(5)
    @Tag("K-06")
    void aBurstWithPrioritiesAndAKillInItsMiddleLeavesNothingStuckAndRunsNothingTwice() throws InterruptedException {
        int runs = 1_000;
        HttpApi http = server.http();
        for (int i = 0; i < runs; i++) {
            ProbeServer.start(http, "three-steps", ProbeServer.input("burst-" + i), i % 10);
            if (i == runs / 2) {
                server.kill9();
                server.start();
                http = server.http();
            }
        }
        Await.until("all runs of the burst to finish", Duration.ofSeconds(120), () -> open(server) == 0);

        Map<String, Long> times = probe.journal().stream()
                .filter(line -> line.startsWith("burst-"))
                .collect(java.util.stream.Collectors.groupingBy(line -> line, java.util.stream.Collectors.counting()));
        assertThat(times).hasSize(3 * runs);
        assertThat(times.values().stream().filter(count -> count > 1).count())
                .as("stages that ran again because the kill came before their report: at most one a place")
                .isLessThanOrEqualTo(PLACES);
        assertThat(count(server, "COMPLETED")).isGreaterThanOrEqualTo(runs);
    }

    @Test
    @Order(6)
    @Tag("K-25")
    void killedWhileAListenerHearsAnEventItIsCalledAgainAndHearsWhatElseWasRecorded() {
        HttpApi http = server.http();
        List<String> paused = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            paused.add(ProbeServer.start(http, "three-steps", ProbeServer.input("heard-" + i, "hold-" + i)));
        }
        for (String run : paused) {
            assertThat(http.post("/api/runs/" + run + "/pause", Map.of()).status())
                    .isEqualTo(200);
        }
        // a listener has four places, so two events are kept and not yet taken
        for (String run : paused.subList(0, 4)) {
            probe.awaitReached("hear-" + run);
        }

        server.kill9();
        paused.forEach(run -> probe.open("hear-" + run));
        server.start();

        List<String> heard = new ArrayList<>();
        for (String run : paused) {
            heard.add(run + " heard at attempt " + (paused.indexOf(run) < 4 ? 2 : 1));
        }
        Await.until("all pauses to be heard", ProbeServer.PATIENCE, () -> probe.journal()
                .containsAll(heard));
        assertThat(probe.journal().stream().filter(line -> line.contains(" heard at attempt ")))
                .doesNotHaveDuplicates();
        for (int i = 0; i < paused.size(); i++) {
            server.http().post("/api/runs/" + paused.get(i) + "/resume", Map.of());
            probe.open("hold-" + i);
        }
        paused.forEach(run -> ProbeServer.awaitStatus(server, run, "COMPLETED"));
    }

    private static int open(LibertyServer server) {
        return count(server, "PENDING,RUNNING");
    }

    private static int count(LibertyServer server, String statuses) {
        int count = 0;
        String cursor = "";
        do {
            JsonNode page = server.http()
                    .get("/api/runs?workflow=three-steps&limit=200&status=" + statuses + cursor)
                    .json();
            count += page.path("items").size();
            cursor = page.hasNonNull("next") ? "&cursor=" + page.path("next").asText() : "";
        } while (!cursor.isEmpty());
        return count;
    }
}
