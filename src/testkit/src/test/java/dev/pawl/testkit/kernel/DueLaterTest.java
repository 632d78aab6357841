package dev.pawl.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.api.Retry;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.testkit.InMemoryNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DueLaterTest {

    private static final Duration PAUSE = Duration.ofMillis(300);

    private final Cluster cluster = new Cluster(
            Flows.line("fine", "a", "b"),
            Flows.line(
                    "flaky",
                    TextStage.of("fails", (context, input) -> {
                                throw new IOException("try again");
                            })
                            .with(Retry.fixed(3, PAUSE))));

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void aServerIsToldWhenWhatItPutOffIsDue() {
        InMemoryNode node = cluster.node("one");
        Instant now = cluster.clock.now();
        RunId run = Cluster.execute(node, Flows.create("flaky")).runId();
        cluster.awaitIdle();

        assertThat(cluster.view(run).status()).isEqualTo(RunStatus.RUNNING);
        assertThat(node.dueLater()).containsExactly(now.plus(PAUSE));
    }

    @Test
    void whatIsDueAtOnceOrDoneTellsNothing() {
        InMemoryNode node = cluster.node("one");
        RunId run = Cluster.execute(node, Flows.create("fine")).runId();
        cluster.awaitIdle();

        assertThat(cluster.view(run).status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(node.dueLater()).isEmpty();
    }
}
