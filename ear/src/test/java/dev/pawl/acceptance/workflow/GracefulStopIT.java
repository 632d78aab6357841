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
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that is asked to stop while it is busy. */
class GracefulStopIT {

    private static final Duration LONGEST_STOP = Duration.ofSeconds(30);

    @Test
    @Tag("J-08")
    void stopsWithinThirtySecondsUnderLoadHandsBackWhatStillRunsAndLosesNothing() throws InterruptedException {
        Path folder = Path.of("target/acceptance/GracefulStopIT");
        ServerPlan plan = LibertyServer.in(folder.resolve("server"))
                .variable("pawl.worker.places", "8")
                .variable("pawl.stop.finish", "PT5S");
        ProbeServer probe = ProbeServer.addTo(plan, folder);
        try (LibertyServer server = plan.build().start()) {
            String stuck = ProbeServer.start(server.http(), "three-steps", ProbeServer.input("stuck", "stuck"));
            probe.awaitReached("stuck");
            List<String> accepted = new ArrayList<>();
            Thread load = startRuns(server, accepted);
            Await.until("load", ProbeServer.PATIENCE, () -> size(accepted) > 50);

            long begin = System.nanoTime();
            server.terminate();
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            load.join();
            assertThat(took).isLessThan(LONGEST_STOP);

            probe.open("stuck");
            server.start();
            for (String run : accepted) {
                ProbeServer.awaitStatus(server, run, "COMPLETED");
            }
            JsonNode view = ProbeServer.awaitStatus(server, stuck, "COMPLETED");
            assertThat(view.path("stages").path(1).path("attempt").asInt())
                    .as("what was handed back does not count as an attempt")
                    .isEqualTo(1);
            assertThat(probe.journal()).doesNotHaveDuplicates();
        }
    }

    private static int size(List<String> accepted) {
        synchronized (accepted) {
            return accepted.size();
        }
    }

    /** Starts runs until the server refuses. */
    private static Thread startRuns(LibertyServer server, List<String> accepted) {
        AtomicBoolean open = new AtomicBoolean(true);
        Thread load = new Thread(() -> {
            HttpApi http = server.http();
            for (int i = 0; open.get(); i++) {
                try {
                    String run = ProbeServer.start(http, "three-steps", ProbeServer.input("load-" + i));
                    synchronized (accepted) {
                        accepted.add(run);
                    }
                } catch (RuntimeException | AssertionError refused) {
                    open.set(false);
                }
            }
        });
        load.start();
        return load;
    }
}
