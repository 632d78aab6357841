package dev.pawl.acceptance.platform;

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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * One row and one message in one transaction, with the server killed in every window of the two-phase
 * commit. All windows are held open at once by transactions that stand still in them, then the process is
 * killed: one start tries them all.
 */
@Tag("K-30")
class TwoPhaseCommitCrashIT {

    private static final Duration RECOVERY_PATIENCE = Duration.ofSeconds(60);

    private final Path work = Path.of("target/acceptance", getClass().getSimpleName());

    @Test
    void embeddedDatabaseAndBrokerAgreeAfterAKillInAnyWindow() {
        Path folder = work.resolve("embedded");
        CrashWindows windows = CrashWindows.in(folder.resolve("windows"));
        ServerPlan plan = windows.addTo(LibertyServer.in(folder.resolve("server")), CrashingH2DataSource.class);
        try (LibertyServer server = ProbeApplication.addTo(plan, folder).build()) {
            killInEveryWindow(server, windows);

            server.start();
            awaitNothingInDoubt(server, "SELECT TRANSACTION_NAME FROM INFORMATION_SCHEMA.IN_DOUBT");
            assertEveryTransferIsWholeOrAbsent(server);
        }
    }

    @Test
    void postgresAndExternalBrokerAgreeAfterAKillInAnyWindow() {
        Path folder = work.resolve("external");
        CrashWindows windows = CrashWindows.in(folder.resolve("windows"));
        try (PostgresServer postgres = PostgresServer.start(folder.resolve("postgres"));
                ExternalBroker broker = ExternalBroker.start(folder.resolve("artemis"))) {
            PostgresServer.Database database = postgres.createDatabase("probe");
            ServerPlan plan = windows.addTo(
                    LibertyServer.in(folder.resolve("server")).on(database).on(broker),
                    CrashingPostgresDataSource.class);
            try (LibertyServer server = ProbeApplication.addTo(plan, folder).build()) {
                killInEveryWindow(server, windows);
                assertThat(database.preparedTransactions())
                        .as("branches the killed server left prepared")
                        .isNotEmpty();

                server.start();
                awaitNothingInDoubt(server, "SELECT gid FROM pg_prepared_xacts");
                assertEveryTransferIsWholeOrAbsent(server);
            }
        }
    }

    private static void killInEveryWindow(LibertyServer server, CrashWindows windows) {
        server.start();
        assertThat(ProbeApplication.transfer(server, "undisturbed")).isEqualTo(200);
        List<CompletableFuture<Integer>> transfers = new ArrayList<>();
        for (Window window : Window.ofTwoPhases()) {
            windows.stand(window, window.toString());
            transfers.add(CompletableFuture.supplyAsync(
                    () -> ProbeApplication.transfer(server, window.toString()), task -> new Thread(task).start()));
            windows.awaitHit(window);
        }
        server.kill9();
        assertThat(transfers).as("a killed server answers nobody").allSatisfy(transfer -> assertThat(transfer)
                .failsWithin(Duration.ofSeconds(10)));
        assertThat(windows.hits())
                .containsExactlyInAnyOrderElementsOf(
                        Window.ofTwoPhases().stream().map(Window::toString).toList());
    }

    private static void awaitNothingInDoubt(LibertyServer server, String inDoubt) {
        long begin = System.nanoTime();
        try (JmsClient jms = server.jms()) {
            Await.until(
                    "no branch in doubt in database or broker",
                    RECOVERY_PATIENCE,
                    () -> ProbeApplication.query(server, inDoubt).isEmpty() && jms.preparedTransactions() == 0);
        }
        System.out.printf(
                "recovered %d ms after readiness%n",
                Duration.ofNanos(System.nanoTime() - begin).toMillis());
    }

    private static void assertEveryTransferIsWholeOrAbsent(LibertyServer server) {
        List<String> decided = Window.ofTwoPhases().stream()
                .filter(window -> window.moment().afterDecision())
                .map(Window::toString)
                .toList();
        assertThat(ProbeApplication.query(server, "SELECT name FROM probe WHERE name <> 'undisturbed'"))
                .as("rows")
                .containsExactlyInAnyOrderElementsOf(decided);
        try (JmsClient jms = server.jms()) {
            assertThat(jms.browse(ProbeApplication.QUEUE).stream().filter(name -> !name.equals("undisturbed")))
                    .as("messages")
                    .containsExactlyInAnyOrderElementsOf(decided);
        }
    }
}
