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

    /** How often each set-up is killed; the profile {@code thorough} raises it. */
    private static final int ROUNDS = Integer.getInteger("pawl.test.rounds", 1);

    private final Path work = Path.of("target/acceptance", getClass().getSimpleName());

    @Test
    void embeddedDatabaseAndBrokerAgreeAfterAKillInAnyWindow() {
        Path folder = work.resolve("embedded");
        CrashWindows windows = CrashWindows.in(folder.resolve("windows"));
        ServerPlan plan = windows.addTo(LibertyServer.in(folder.resolve("server")), CrashingH2DataSource.class);
        try (LibertyServer server = ProbeApplication.addTo(plan, folder).build()) {
            server.start();
            for (int round = 1; round <= ROUNDS; round++) {
                killInEveryWindow(server, windows, round);
                recover(server, "SELECT TRANSACTION_NAME FROM INFORMATION_SCHEMA.IN_DOUBT");
                assertEveryTransferIsWholeOrAbsent(server, round);
            }
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
                server.start();
                for (int round = 1; round <= ROUNDS; round++) {
                    killInEveryWindow(server, windows, round);
                    assertThat(database.preparedTransactions())
                            .as("branches the killed server left prepared")
                            .isNotEmpty();
                    recover(server, "SELECT gid FROM pg_prepared_xacts");
                    assertEveryTransferIsWholeOrAbsent(server, round);
                }
            }
        }
    }

    private static void killInEveryWindow(LibertyServer server, CrashWindows windows, int round) {
        assertThat(ProbeApplication.transfer(server, "undisturbed-" + round)).isEqualTo(200);
        List<CompletableFuture<Integer>> transfers = new ArrayList<>();
        for (Window window : Window.ofTwoPhases()) {
            String name = name(window, round);
            windows.stand(window, name);
            transfers.add(CompletableFuture.supplyAsync(
                    () -> ProbeApplication.transfer(server, name), task -> new Thread(task).start()));
            windows.awaitHit(window);
        }
        server.kill9();
        assertThat(transfers).as("a killed server answers nobody").allSatisfy(transfer -> assertThat(transfer)
                .failsWithin(Duration.ofSeconds(10)));
        assertThat(windows.hits())
                .containsExactlyInAnyOrderElementsOf(
                        Window.ofTwoPhases().stream().map(Window::toString).toList());
    }

    /** Starts the server again and returns once neither database nor broker holds a prepared branch. */
    private static void recover(LibertyServer server, String inDoubt) {
        long begin = System.nanoTime();
        server.start();
        long ready = System.nanoTime();
        try (JmsClient jms = server.jms()) {
            Await.until(
                    "no branch in doubt in database or broker",
                    RECOVERY_PATIENCE,
                    () -> ProbeApplication.query(server, inDoubt).isEmpty() && jms.preparedTransactions() == 0);
        }
        System.out.printf(
                "started after %d ms, nothing in doubt %d ms later%n",
                (ready - begin) / 1_000_000, (System.nanoTime() - ready) / 1_000_000);
    }

    private static void assertEveryTransferIsWholeOrAbsent(LibertyServer server, int round) {
        List<String> decided = new ArrayList<>();
        for (int past = 1; past <= round; past++) {
            decided.add("undisturbed-" + past);
            for (Window window : Window.ofTwoPhases()) {
                if (window.moment().afterDecision()) {
                    decided.add(name(window, past));
                }
            }
        }
        assertThat(ProbeApplication.query(server, "SELECT name FROM probe"))
                .as("rows")
                .containsExactlyInAnyOrderElementsOf(decided);
        try (JmsClient jms = server.jms()) {
            assertThat(jms.browse(ProbeApplication.QUEUE)).as("messages").containsExactlyInAnyOrderElementsOf(decided);
        }
    }

    private static String name(Window window, int round) {
        return window + "-" + round;
    }
}
