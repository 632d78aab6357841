package dev.pawl.acceptance.driven;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.acceptance.feature.Probes;
import dev.pawl.acceptance.feature.local.BusinessApi;
import dev.pawl.acceptance.feature.local.probe.LocalWorkflows;
import dev.pawl.acceptance.feature.probe.Gates;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server whose timers are off does what it is asked, and nothing by itself. */
@Tag("K-05")
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
    void onTheEmbeddedDatabase() throws Exception {
        Path folder = Path.of("target/acceptance/driven-embedded");
        try (LibertyServer server = plan(folder).build().start()) {
            drive(server.http());
        }
    }

    @Test
    void onPostgres() throws Exception {
        Path folder = Path.of("target/acceptance/driven-postgres");
        try (PostgresServer postgres = PostgresServer.start(folder);
                LibertyServer server = plan(folder.resolve("server"))
                        .on(postgres.createDatabase("pawl"))
                        .build()
                        .start()) {
            drive(server.http());
        }
    }

    private static ServerPlan plan(Path folder) throws IOException {
        Path gates = folder.resolveSibling(folder.getFileName() + "-gates").toAbsolutePath();
        Files.createDirectories(gates);
        Files.deleteIfExists(gates.resolve("journal"));
        Path probes = folder.resolveSibling(folder.getFileName() + "-probes");
        return LibertyServer.in(folder)
                .variable("pawl.timers", "false")
                .variable("pawl.test.clock-movable", "true")
                .applicationLibrary(Probes.library(probes))
                .applicationModule(Probes.MODULE, Probes.module(probes))
                .jvmOptions("-D" + Gates.FOLDER_PROPERTY + "=" + gates);
    }

    private static void drive(HttpApi http) throws Exception {
        BusinessApi database = new BusinessApi(http);
        List<String> runs = inParallel(8, RUNS, () -> http.post(
                        "/api/workflows/" + LocalWorkflows.ORDER + "/runs", Map.of("input", Map.of("name", "driven")))
                .json()
                .path("id")
                .asText());
        assertThat(database.count("pawl_run WHERE status = 'PENDING'")).isEqualTo(RUNS);
        String broken = runs.get(RUNS / 2);
        database.update("UPDATE pawl_run SET workflow_id = 'gone' WHERE id = '" + broken + "'");

        List<String> started = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (JsonNode claimed :
                inParallel(CLAIMERS, CLAIMERS * 10, () -> http.post("/api/maintenance/claim", Map.of("max", 10))
                        .json())) {
            claimed.path("started").forEach(run -> started.add(run.asText()));
            claimed.path("failed").forEach(run -> failed.add(run.asText()));
        }

        assertThat(failed).containsExactly(broken);
        assertThat(http.get("/api/runs/" + broken).json().at("/error/code").asText())
                .isEqualTo("WORKFLOW_NOT_FOUND");
        assertThat(started).doesNotHaveDuplicates().hasSize(RUNS - 1);
        assertThat(database.count("pawl_run WHERE status = 'RUNNING'")).isEqualTo(RUNS - 1);

        int executed = 0;
        for (int round = 0; round < 10 && executed < RUNS - 1; round++) {
            JsonNode counts =
                    http.post("/api/maintenance/jobs", Map.of("max", 100)).json();
            assertThat(counts.path("completed")).as(counts.toString()).isEqualTo(counts.path("executed"));
            executed += counts.path("executed").asInt();
        }
        assertThat(executed).isEqualTo(RUNS - 1);
        assertThat(database.count("pawl_run WHERE status = 'COMPLETED'")).isEqualTo(RUNS - 1);
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
