package dev.pawl.acceptance.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.HttpApi;
import dev.pawl.acceptance.server.JmsClient;
import dev.pawl.acceptance.server.LibertyServer;
import dev.pawl.acceptance.server.PostgresServer;
import dev.pawl.acceptance.server.ServerPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How stages behave on a server with PostgreSQL and a single database connection. */
class StageRulesIT {

    private static ProbeServer probe;
    private static PostgresServer postgres;
    private static PostgresServer.Database database;
    private static LibertyServer server;

    @BeforeAll
    static void start() {
        Path folder = Path.of("target/acceptance/StageRulesIT");
        postgres = PostgresServer.start(folder.resolve("postgres"));
        database = postgres.createDatabase("pawl");
        ServerPlan plan = LibertyServer.in(folder.resolve("server"))
                .on(database)
                .variable("pawl.db.pool.max", "1")
                .variable("pawl.payload.inline-chars", "1000");
        probe = ProbeServer.addTo(plan, folder);
        server = plan.build().start();
    }

    @AfterAll
    static void stop() {
        server.close();
        postgres.close();
    }

    @Test
    @Tag("K-12")
    @Tag("D-02")
    @Tag("K-09")
    void fiveStagesSleepAtOnceWithOneDatabaseConnectionAndTheOutputIsAMapByStageId() {
        String run = ProbeServer.start(server.http(), "side-by-side", ProbeServer.input("five", "five"));
        List<String> letters = List.of("a", "b", "c", "d", "e");
        letters.forEach(letter -> probe.awaitReached("five-" + letter));

        JsonNode running = server.http().get("/api/runs/" + run).json();
        assertThat(running.path("stages").findValuesAsText("status"))
                .containsOnly("RUNNING")
                .hasSize(5);

        letters.forEach(letter -> probe.open("five-" + letter));
        JsonNode done = ProbeServer.awaitStatus(server, run, "COMPLETED");
        assertThat(done.path("output").path("sleeper-c").path("gate").asText()).isEqualTo("c");
        assertThat(done.path("output").properties()).hasSize(5);
    }

    @Test
    @Tag("K-17")
    void aFlakyStageIsTriedAgainAndItsAttemptsAreInTheHistory() {
        String run = ProbeServer.start(server.http(), "flaky", ProbeServer.input("flaky"));
        JsonNode done = ProbeServer.awaitStatus(server, run, "COMPLETED");
        assertThat(done.path("output").path("steps").asInt()).isEqualTo(3);
        assertThat(ProbeServer.history(server, run))
                .containsExactly(
                        "workflow:created",
                        "workflow:started",
                        "stage:started",
                        "stage:retrying",
                        "stage:retrying",
                        "stage:completed",
                        "workflow:completed");
    }

    @Test
    @Tag("D-01")
    @Tag("K-08")
    void anOutputThatItsTypeDoesNotAcceptFailsTheRunAndIsNotTriedAgain() {
        String run = ProbeServer.start(server.http(), "wrong-output", ProbeServer.input("wrong"));
        JsonNode failed = ProbeServer.awaitStatus(server, run, "FAILED");
        assertThat(failed.path("error").path("code").asText()).isEqualTo("INVALID_STAGE_OUTPUT");
        assertThat(failed.path("error").path("stage").asText()).isEqualTo("wrong-output");
        assertThat(failed.path("error").path("message").asText()).contains("number must be positive, was -1");
        assertThat(probe.journal().stream().filter("wrong wrong-output"::equals))
                .hasSize(1);
    }

    @Test
    @Tag("K-28")
    void aStageWhoseInputIsGoneFromTheBlobStoreFailsLoudly() {
        String run = ProbeServer.start(server.http(), "large", ProbeServer.input("large", "large"));
        probe.awaitReached("large");
        assertThat(database.query("SELECT count(*) FROM pawl_blob WHERE blob_key LIKE 'runs/" + run + "/%'"))
                .containsExactly("1");
        database.execute("DELETE FROM pawl_blob WHERE blob_key LIKE 'runs/" + run + "/%'");
        probe.open("large");

        JsonNode failed = ProbeServer.awaitStatus(server, run, "FAILED");
        assertThat(failed.path("error").path("code").asText()).isEqualTo("PREVIOUS_OUTPUT_MISSING");
    }

    @Test
    @Tag("K-10")
    @Tag("D-06")
    @Tag("D-07")
    @Tag("E-05")
    void aRunningStageShowsProgressAndLogsAndItsLateResultIsDiscardedAfterCancel() {
        String run = ProbeServer.start(server.http(), "three-steps", ProbeServer.input("cancelled", "cancel"));
        probe.awaitReached("cancel");
        HttpApi http = server.http();
        Await.until("progress to be visible", ProbeServer.PATIENCE, () -> {
            JsonNode stages = http.get("/api/runs/" + run).json().path("stages");
            return stages.path(1).path("progress").path("progress").asDouble() == 0.5;
        });
        Await.until("log lines to be readable", ProbeServer.PATIENCE, () -> http.get("/api/runs/" + run + "/logs")
                .text()
                .contains("Waiting at gate cancel"));
        assertThat(http.get("/api/runs/" + run)
                        .json()
                        .path("waiting")
                        .path(0)
                        .path("reason")
                        .asText())
                .isEqualTo("RUNNING");

        HttpApi.Reply cancelled = http.post("/api/runs/" + run + "/cancel", Map.of("reason", "no longer wanted"));
        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.json().path("cancelled").asBoolean()).isTrue();
        JsonNode after = ProbeServer.awaitStatus(server, run, "CANCELLED");
        assertThat(after.path("stages").path(1).path("status").asText()).isEqualTo("CANCELLED");

        Await.until("the late result to be noted", ProbeServer.PATIENCE, () -> http.get("/api/runs/" + run + "/logs")
                .text()
                .contains("late result was discarded"));
        assertThat(probe.journal()).doesNotContain("cancelled held", "cancelled last");
        HttpApi.Reply again = http.post("/api/runs/" + run + "/cancel", Map.of());
        assertThat(again.json().path("cancelled").asBoolean()).isFalse();
        assertThat(ProbeServer.history(server, run))
                .endsWith("workflow:cancelled")
                .contains("stage:progress");
    }

    @Test
    @Tag("K-13")
    @Tag("K-14")
    void aJobDeliveredTwiceRunsOnceAndOneOfACancelledRunIsDiscarded() {
        String run = ProbeServer.start(server.http(), "three-steps", ProbeServer.input("twice"));
        ProbeServer.awaitStatus(server, run, "COMPLETED");
        String cancelled = ProbeServer.start(server.http(), "three-steps", ProbeServer.input("ghost", "ghost"));
        probe.awaitReached("ghost");
        server.http().post("/api/runs/" + cancelled + "/cancel", Map.of());
        ProbeServer.awaitStatus(server, cancelled, "CANCELLED");
        try (JmsClient jms = server.jms()) {
            jms.send("jobs", "{\"runId\":\"" + run + "\",\"stageId\":\"first\"}", Map.of());
            jms.send("jobs", "{\"runId\":\"" + cancelled + "\",\"stageId\":\"held\"}", Map.of());
            Await.until("the queue of jobs to be empty", ProbeServer.PATIENCE, () -> jms.browse("jobs")
                    .isEmpty());
        }
        String after = ProbeServer.start(server.http(), "three-steps", ProbeServer.input("after"));
        ProbeServer.awaitStatus(server, after, "COMPLETED");
        assertThat(probe.journal().stream().filter("twice first"::equals)).hasSize(1);
        assertThat(probe.journal()).doesNotContain("ghost held");
    }

    @Test
    @Tag("K-03")
    void fiftyStartsUnderOneKeyAtOnceMakeOneRun() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(16);
        try {
            List<Callable<HttpApi.Reply>> calls = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                calls.add(() -> server.http()
                        .post(
                                "/api/workflows/three-steps/runs",
                                Map.of("input", ProbeServer.input("fifty")),
                                Map.of("Idempotency-Key", "fifty")));
            }
            List<String> ids = new ArrayList<>();
            for (Future<HttpApi.Reply> reply : callers.invokeAll(calls)) {
                assertThat(reply.get().status()).as(reply.get().text()).isEqualTo(202);
                ids.add(reply.get().json().path("id").asText());
            }
            assertThat(ids).containsOnly(ids.get(0));
            ProbeServer.awaitStatus(server, ids.get(0), "COMPLETED");
            assertThat(probe.journal().stream().filter("fifty first"::equals)).hasSize(1);
        } finally {
            callers.shutdownNow();
        }
        HttpApi.Reply other = server.http()
                .post(
                        "/api/workflows/three-steps/runs",
                        Map.of("input", ProbeServer.input("something else")),
                        Map.of("Idempotency-Key", "fifty"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().path("code").asText()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    @Tag("D-03")
    void aStageReadsEarlierOutputsAndOneThatInsistsOnAMissingOneLearnsWhichThereAre() {
        String run = ProbeServer.start(server.http(), "asks", ProbeServer.input("asks"));
        JsonNode failed = ProbeServer.awaitStatus(server, run, "FAILED");
        assertThat(failed.path("error").path("code").asText()).isEqualTo("STAGE_OUTPUT_MISSING");
        assertThat(failed.path("error").path("message").asText()).contains("'absent'", "[first]");
        assertThat(probe.journal()).contains("asks asked, absent is empty");
    }

    @Test
    @Tag("K-07")
    void manyTransitionsAtOnceAdvanceNothingTwice() {
        String run = ProbeServer.start(server.http(), "three-steps", ProbeServer.input("transitions", "transitions"));
        probe.awaitReached("transitions");
        try (JmsClient jms = server.jms()) {
            for (int i = 0; i < 20; i++) {
                jms.send("commands", "{\"type\":\"run.transition\",\"runId\":\"" + run + "\"}", Map.of());
            }
            probe.open("transitions");
            for (int i = 0; i < 20; i++) {
                jms.send("commands", "{\"type\":\"run.transition\",\"runId\":\"" + run + "\"}", Map.of());
            }
            ProbeServer.awaitStatus(server, run, "COMPLETED");
            Await.until("all commands taken", ProbeServer.PATIENCE, () -> jms.browse("commands")
                    .isEmpty());
        }
        assertThat(ProbeServer.history(server, run).stream().filter("stage:completed"::equals))
                .hasSize(3);
        assertThat(probe.journal().stream().filter(line -> line.startsWith("transitions ")))
                .containsExactly("transitions first", "transitions held", "transitions last");
    }

    @Test
    @Tag("K-15")
    void aWorkerThatLostItsLeaseCannotCompleteTheStep() {
        String run = ProbeServer.start(server.http(), "three-steps", ProbeServer.input("zombie", "zombie"));
        probe.awaitReached("zombie");
        database.execute("UPDATE pawl_step SET lease_until = now() - interval '1 minute' WHERE run_id = '" + run
                + "' AND step_id = 'held'");
        HttpApi http = server.http();
        assertThat(http.post("/api/maintenance/tick", Map.of()).status()).isEqualTo(200);
        Await.until(
                "the second attempt to be under way",
                ProbeServer.PATIENCE,
                () -> http.get("/api/runs/" + run)
                                .json()
                                .path("stages")
                                .path(1)
                                .path("attempt")
                                .asInt()
                        == 2);
        probe.open("zombie");

        ProbeServer.awaitStatus(server, run, "COMPLETED");
        Await.until(
                "the zombie's result to be refused",
                ProbeServer.PATIENCE,
                () -> http.get("/api/runs/" + run + "/logs").text().contains("late result was discarded"));
        assertThat(ProbeServer.history(server, run).stream().filter("stage:completed"::equals))
                .hasSize(3);
        assertThat(probe.journal().stream().filter("zombie last"::equals)).hasSize(1);
    }

    @Test
    @Tag("K-05")
    @Tag("K-06")
    void aBurstOfAThousandRunsWithPrioritiesLeavesNoneStuckAndRunsNothingTwice() {
        int runs = 1_000;
        for (int i = 0; i < runs; i++) {
            ProbeServer.start(server.http(), "three-steps", ProbeServer.input("burst-" + i), i % 10);
        }
        Await.until("no run of the burst to be open", Duration.ofSeconds(120), () -> database.query(
                        "SELECT count(*) FROM pawl_run WHERE status IN ('PENDING', 'RUNNING')")
                .equals(List.of("0")));
        List<String> journal = probe.journal().stream()
                .filter(line -> line.startsWith("burst-"))
                .toList();
        assertThat(journal).hasSize(3 * runs).doesNotHaveDuplicates();
        assertThat(database.query("SELECT count(*) FROM pawl_run WHERE status = 'COMPLETED' AND correlation_id = id"
                        + " AND version > 1 AND workflow_id = 'three-steps'"))
                .singleElement()
                .satisfies(count -> assertThat(Integer.parseInt(count)).isGreaterThanOrEqualTo(runs));
    }

    @Test
    @Tag("J-04")
    void readinessFollowsTheDatabase() {
        assertThat(server.http().get("/health/ready").status()).isEqualTo(200);
        postgres.stop();
        try {
            Await.until(
                    "not ready without a database",
                    Duration.ofSeconds(40),
                    () -> server.http().get("/health/ready").status() == 503);
            assertThat(server.http().get("/health/live").status()).isEqualTo(200);
        } finally {
            postgres.restart();
        }
        Await.until(
                "ready again",
                Duration.ofSeconds(60),
                () -> server.http().get("/health/ready").status() == 200);
        String run = ProbeServer.start(server.http(), "three-steps", ProbeServer.input("back"));
        ProbeServer.awaitStatus(server, run, "COMPLETED");
    }
}
