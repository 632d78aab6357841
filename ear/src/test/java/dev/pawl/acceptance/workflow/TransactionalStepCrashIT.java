package dev.pawl.acceptance.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.acceptance.crash.CrashWindows;
import dev.pawl.acceptance.crash.CrashingH2DataSource;
import dev.pawl.acceptance.crash.CrashingPostgresDataSource;
import dev.pawl.acceptance.crash.Window;
import dev.pawl.acceptance.server.Await;
import dev.pawl.acceptance.server.ExternalBroker;
import dev.pawl.acceptance.server.JmsClient;
import dev.pawl.acceptance.server.LibertyServer;
import dev.pawl.acceptance.server.PostgresServer;
import dev.pawl.acceptance.server.ServerPlan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A transactional step with a business row and a business message, killed in every window of its two-phase commit: one
 * run stands still in each window when the process is killed. After recovery each run has exactly one row, one message
 * and one completion in its history.
 */
@Tag("K-29")
@Tag("K-30")
class TransactionalStepCrashIT {

    /** One in the usual run; the profile {@code thorough} asks for more. */
    private static final int ROUNDS = Integer.getInteger("pawl.test.rounds", 1);

    private static final Duration RECOVERY_PATIENCE = Duration.ofSeconds(90);

    private final Path work = Path.of("target/acceptance", getClass().getSimpleName());

    @Test
    void onTheEmbeddedDatabaseAndBroker() {
        Path folder = work.resolve("embedded");
        CrashWindows windows = CrashWindows.in(folder.resolve("windows"));
        ServerPlan plan = windows.addTo(LibertyServer.in(folder.resolve("server")), CrashingH2DataSource.class);
        ProbeServer.addTo(plan, folder);
        try (LibertyServer server = plan.build()) {
            Map<String, String> runs = startUndisturbed(server);
            for (int round = 1; round <= ROUNDS; round++) {
                runs.putAll(killInEveryWindow(server, windows, round));
                server.start();
                runs.values().forEach(run -> assertWholeOnce(server, run));
                assertRowsAndMessages(server, runs);
                Await.until(
                        "no branch in doubt",
                        RECOVERY_PATIENCE,
                        () -> inDoubt(server) == 0 && preparedInBroker(server) == 0);
            }
        }
    }

    @Test
    @Tag("J-02")
    void onPostgresAndAnExternalBroker() {
        Path folder = work.resolve("external");
        CrashWindows windows = CrashWindows.in(folder.resolve("windows"));
        try (PostgresServer postgres = PostgresServer.start(folder.resolve("postgres"));
                ExternalBroker broker = ExternalBroker.start(folder.resolve("artemis"))) {
            PostgresServer.Database database = postgres.createDatabase("pawl");
            ServerPlan plan = windows.addTo(
                    LibertyServer.in(folder.resolve("server")).on(database).on(broker),
                    CrashingPostgresDataSource.class);
            ProbeServer.addTo(plan, folder);
            try (LibertyServer server = plan.build()) {
                Map<String, String> runs = startUndisturbed(server);
                for (int round = 1; round <= ROUNDS; round++) {
                    runs.putAll(killInEveryWindow(server, windows, round));
                    assertThat(database.preparedTransactions())
                            .as("branches the killed server left prepared")
                            .isNotEmpty();
                    server.start();
                    runs.values().forEach(run -> assertWholeOnce(server, run));
                    assertRowsAndMessages(server, runs);
                    Await.until(
                            "no branch in doubt",
                            RECOVERY_PATIENCE,
                            () -> database.preparedTransactions().isEmpty() && preparedInBroker(server) == 0);
                    assertThat(inDoubt(server)).isZero();
                }
            }
        }
    }

    private static Map<String, String> startUndisturbed(LibertyServer server) {
        server.start();
        Map<String, String> runs = new LinkedHashMap<>();
        runs.put("undisturbed", ProbeServer.start(server.http(), "transfer", ProbeServer.input("undisturbed")));
        ProbeServer.awaitStatus(server, runs.get("undisturbed"), "COMPLETED");
        return runs;
    }

    /** Starts one run for each window, lets it stand still there, and kills the server. */
    private static Map<String, String> killInEveryWindow(LibertyServer server, CrashWindows windows, int round) {
        Map<String, String> runs = new LinkedHashMap<>();
        for (Window window : Window.ofTwoPhases()) {
            String name = window + " in round " + round;
            windows.stand(window, name);
            runs.put(name, ProbeServer.start(server.http(), "transfer", ProbeServer.input(name)));
            windows.awaitHit(window);
        }
        server.kill9();
        assertThat(windows.hits())
                .as("windows that were hit")
                .containsExactlyInAnyOrderElementsOf(
                        Window.ofTwoPhases().stream().map(Window::toString).toList());
        return runs;
    }

    private static void assertWholeOnce(LibertyServer server, String run) {
        ProbeServer.awaitStatus(server, run, "COMPLETED", RECOVERY_PATIENCE);
        List<String> history = ProbeServer.history(server, run);
        assertThat(history.stream().filter("stage:completed"::equals)).hasSize(1);
        assertThat(history.stream().filter("workflow:completed"::equals)).hasSize(1);
        assertThat(history.get(history.size() - 1)).isEqualTo("workflow:completed");
    }

    private static void assertRowsAndMessages(LibertyServer server, Map<String, String> runs) {
        String list = ProbeServer.start(server.http(), "list-transfers", Map.of());
        List<String> rows = new ArrayList<>();
        ProbeServer.awaitStatus(server, list, "COMPLETED")
                .path("output")
                .path("names")
                .forEach(name -> rows.add(name.asText()));
        assertThat(rows).as("business rows").containsExactlyInAnyOrderElementsOf(runs.keySet());
        try (JmsClient jms = server.jms()) {
            assertThat(jms.browse(TransferStage.QUEUE))
                    .as("business messages")
                    .containsExactlyInAnyOrderElementsOf(runs.keySet());
        }
    }

    private static int inDoubt(LibertyServer server) {
        return server.http()
                .get("/api/transactions/in-doubt")
                .json()
                .path("items")
                .size();
    }

    private static int preparedInBroker(LibertyServer server) {
        try (JmsClient jms = server.jms()) {
            return jms.preparedTransactions();
        }
    }
}
