package dev.pawl.acceptance.driven;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.GateFolder;
import dev.pawl.acceptance.feature.Probes;
import dev.pawl.acceptance.feature.local.BusinessApi;
import dev.pawl.acceptance.feature.local.probe.LocalWorkflows;
import dev.pawl.acceptance.server.HttpApi;
import dev.pawl.acceptance.server.LibertyServer;
import dev.pawl.acceptance.server.PostgresServer;
import dev.pawl.acceptance.server.ServerPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server whose timers are off does what it is asked, and nothing by itself. */
@Tag("K-04")
@Tag("K-05")
@Tag("K-21")
@Tag("K-32")
class DrivenServerIT {

    private static final int RUNS = 500;
    private static final int CLAIMERS = 20;

    private static final String BELLS = """
            entity Bell {
              property required id: string
              property rings: number = 0
              command ring() { mutate rings = self.rings + 1 }
              command melt() { mutate rings = 0 }
              approval meltApproval {
                command: melt
                stages { founder { policy: user.role == "founder" required: 1 } }
                timeout: 1
                on_timeout: "cancel"
              }
            }
            schedule hourly { every 1 hours run Bell.ring params { id: "tower" } }
            """;

    @Test
    @Tag("D-08")
    void onTheEmbeddedDatabase() throws Exception {
        Path folder = Path.of("target/acceptance/driven-embedded");
        Path blobs = folder.resolve("blobs").toAbsolutePath();
        GateFolder gates = GateFolder.emptied(folder.resolveSibling(folder.getFileName() + "-gates"));
        try (LibertyServer server = plan(folder, gates)
                .variable("pawl.blob.store", "file")
                .variable("pawl.blob.folder", blobs.toString())
                .build()
                .start()) {
            drive(server.http(), gates);
            keepBlobsInFiles(server.http(), blobs);
        }
    }

    @Test
    void onPostgres() throws Exception {
        Path folder = Path.of("target/acceptance/driven-postgres");
        GateFolder gates = GateFolder.emptied(folder.resolveSibling(folder.getFileName() + "-gates"));
        try (PostgresServer postgres = PostgresServer.start(folder);
                LibertyServer server = plan(folder.resolve("server"), gates)
                        .on(postgres.createDatabase("pawl"))
                        .build()
                        .start()) {
            drive(server.http(), gates);
        }
    }

    private static ServerPlan plan(Path folder, GateFolder gates) {
        Path probes = folder.resolveSibling(folder.getFileName() + "-probes");
        return LibertyServer.in(folder)
                .variable("pawl.timers", "false")
                .variable("pawl.test.clock-movable", "true")
                .applicationLibrary(Probes.library(probes))
                .applicationModule(Probes.MODULE, Probes.module(probes))
                .jvmOptions(gates.jvmOption());
    }

    private static void drive(HttpApi http, GateFolder gates) throws Exception {
        claimOnce(http, gates);
        executeUnderAKey(http, gates);
    }

    private static void claimOnce(HttpApi http, GateFolder gates) throws Exception {
        BusinessApi database = new BusinessApi(http);
        String unopened = start(http, LocalWorkflows.UNOPENED, Map.of("name", "driven"), 9);
        List<String> runs =
                inParallel(8, RUNS - 1, () -> start(http, LocalWorkflows.ORDER, Map.of("name", "driven"), 5));
        assertThat(database.count("pawl_run WHERE status = 'PENDING'")).isEqualTo(RUNS);
        String broken = runs.get(RUNS / 2);
        database.update("UPDATE pawl_run SET workflow_id = 'gone' WHERE id = '" + broken + "'");

        gates.open(LocalWorkflows.UNOPENED);
        List<String> started = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (JsonNode claimed :
                inParallel(CLAIMERS, CLAIMERS * 10, () -> http.post("/api/maintenance/claim", Map.of("max", 10))
                        .json())) {
            claimed.path("started").forEach(run -> started.add(run.asText()));
            claimed.path("failed").forEach(run -> failed.add(run.asText()));
        }

        gates.shut(LocalWorkflows.UNOPENED);
        assertThat(failed).containsExactlyInAnyOrder(broken, unopened);
        assertThat(error(http, broken)).isEqualTo("WORKFLOW_NOT_FOUND");
        assertThat(error(http, unopened)).isEqualTo("CLAIM_FAILED");
        assertThat(started).doesNotHaveDuplicates().hasSize(RUNS - 2);
        assertThat(database.count("pawl_run WHERE status = 'RUNNING'")).isEqualTo(RUNS - 2);

        String stranded = started.get(0);
        String lost = started.remove(1);
        database.update("DELETE FROM pawl_step WHERE run_id IN ('" + stranded + "', '" + lost + "')");
        database.update("UPDATE pawl_run SET group_no = 7 WHERE id = '" + lost + "'");
        assertThat(http.post("/api/maintenance/repair", Map.of("max", 10))
                        .json()
                        .path("runs"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder(stranded, lost);
        assertThat(error(http, lost)).isEqualTo("EMPTY_STAGE_GRAPH");

        int executed = 0;
        for (int round = 0; round < 10 && executed < started.size(); round++) {
            JsonNode counts =
                    http.post("/api/maintenance/jobs", Map.of("max", 100)).json();
            assertThat(counts.path("completed")).as(counts.toString()).isEqualTo(counts.path("executed"));
            executed += counts.path("executed").asInt();
        }
        assertThat(executed).isEqualTo(started.size());
        assertThat(database.count("pawl_run WHERE status = 'COMPLETED'")).isEqualTo(started.size());
        for (String run : started) {
            List<String> history = new ArrayList<>();
            http.get("/api/runs/" + run + "/events")
                    .json()
                    .path("items")
                    .forEach(event -> history.add(event.path("type").asText()));
            assertThat(history).containsOnlyOnce("workflow:started", "workflow:completed");
        }
        assertThat(http.post("/api/maintenance/tick", "").json().path("relayed").asInt())
                .isPositive();
        drivePrograms(http);
    }

    /** What programs have done by time is done when somebody ticks. */
    private static void drivePrograms(HttpApi http) {
        Map<String, String> text = Map.of("Content-Type", "text/plain");
        HttpApi.Reply deployed = http.send("POST", "/api/manifests?name=bells", BELLS, text);
        assertThat(deployed.status()).as(deployed.text()).isEqualTo(201);
        http.post("/api/entities/Bell", Map.of("id", "tower"));
        String approval = http.post("/api/entities/Bell/tower/commands/melt", Map.of())
                .json()
                .at("/approvalRequired/id")
                .asText();
        JsonNode early = http.post("/api/maintenance/tick", "").json();
        assertThat(early.path("fired").asInt() + early.path("expired").asInt()).isZero();

        http.post("/api/test/clock", Map.of("advance", "PT2H"));
        JsonNode due = http.post("/api/maintenance/tick", "").json();

        assertThat(due.path("fired").asInt()).as(due.toString()).isEqualTo(1);
        assertThat(due.path("expired").asInt()).as(due.toString()).isEqualTo(1);
        assertThat(http.get("/api/approvals/" + approval).json().path("status").asText())
                .isEqualTo("expired");
        assertThat(http.post("/api/maintenance/jobs", Map.of("max", 10))
                        .json()
                        .path("completed")
                        .asInt())
                .isEqualTo(1);
        assertThat(http.get("/api/entities/Bell/tower").json().path("rings").asInt())
                .isEqualTo(1);
        JsonNode again = http.post("/api/maintenance/tick", "").json();
        assertThat(again.path("fired").asInt() + again.path("expired").asInt()).isZero();
    }

    /** The lease marks the command as being in progress, and somebody else's may be taken back. */
    private static void executeUnderAKey(HttpApi http, GateFolder gates) throws Exception {
        String run = start(http, "relayed", Map.of("value", "driven-step"), 5);
        assertThat(http.post("/api/maintenance/claim", Map.of()).json().path("started"))
                .hasSize(1);
        Callable<HttpApi.Reply> execute = () ->
                http.post("/api/runs/" + run + "/steps/only/execute", Map.of(), Map.of("Idempotency-Key", "once"));
        ExecutorService caller = Executors.newSingleThreadExecutor();
        Future<HttpApi.Reply> first = caller.submit(execute);
        caller.shutdown();
        gates.awaitReached("driven-step");

        HttpApi.Reply duplicate = execute.call();
        assertThat(duplicate.status()).as(duplicate.text()).isEqualTo(409);
        assertThat(duplicate.json().path("code").asText()).isEqualTo("IDEMPOTENCY_IN_PROGRESS");

        new BusinessApi(http)
                .update("UPDATE pawl_step SET lease_token = 'gone', lease_owner = 'gone', lease_until ="
                        + " timestamp with time zone '2000-01-01 00:00:00+00' WHERE run_id = '" + run + "'");
        assertThat(http.post("/api/maintenance/reap", Map.of())
                        .json()
                        .path("requeued")
                        .asInt())
                .isEqualTo(1);
        gates.open("driven-step");
        assertThat(first.get().json().path("answer").asText()).isEqualTo("DISCARDED");
        HttpApi.Reply second = execute.call();
        assertThat(second.json().path("answer").asText()).as(second.text()).isEqualTo("COMPLETED");
        assertThat(execute.call().json()).isEqualTo(second.json());
        assertThat(http.get("/api/runs/" + run).json().at("/stages/0/attempt").asInt())
                .isEqualTo(2);
    }

    private static void keepBlobsInFiles(HttpApi http, Path folder) throws IOException {
        String name = "x".repeat(100_000);
        String run = start(http, LocalWorkflows.ORDER, Map.of("name", name), 5);
        HttpApi.Reply put =
                http.send("PUT", "/api/runs/" + run + "/artifacts/notes/1", name, Map.of("Content-Type", "text/plain"));
        assertThat(put.status()).as(put.text()).isBetween(200, 204);
        http.post("/api/maintenance/claim", Map.of());

        assertThat(http.post("/api/maintenance/jobs", Map.of("max", 10))
                        .json()
                        .path("completed")
                        .asInt())
                .isEqualTo(1);

        JsonNode done = http.get("/api/runs/" + run).json();
        assertThat(done.at("/output/name").asText()).isEqualTo(name);
        assertThat(http.get("/api/runs/" + run + "/artifacts/notes/1").text()).isEqualTo(name);
        assertThat(new BusinessApi(http).count("pawl_blob")).isZero();
        assertThat(filesIn(folder)).as("input, output and artifact").isGreaterThanOrEqualTo(3);
        assertThat(http.delete("/api/runs/" + run + "/artifacts/notes/1").status())
                .isEqualTo(204);
        assertThat(http.get("/api/runs/" + run + "/artifacts/notes/1").status()).isEqualTo(404);
    }

    private static long filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private static String start(HttpApi http, String workflow, Map<String, ?> input, int priority) {
        HttpApi.Reply reply =
                http.post("/api/workflows/" + workflow + "/runs", Map.of("input", input, "priority", priority));
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        return reply.json().path("id").asText();
    }

    private static String error(HttpApi http, String run) {
        return http.get("/api/runs/" + run).json().at("/error/code").asText();
    }

    private static <T> List<T> inParallel(int threads, int times, Callable<T> call) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        try {
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : callers.invokeAll(Collections.nCopies(times, call))) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            callers.shutdown();
        }
    }
}
