package dev.pawl.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pawl.bench.load.Latencies;
import dev.pawl.bench.measure.Messages;
import dev.pawl.bench.measure.Reading;
import dev.pawl.bench.measure.Statements;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RatioTest {

    private static final Reading READING =
            new Reading(new Statements(Map.of(), Map.of(), 0), 0, 0, 600, 300, 0, 0, new Messages(0, 0));

    @Test
    void mediansAreComparedOursToTheirs() {
        Ratio ratio = Ratio.of(
                List.of(play("pawl", 900, 3), play("pawl", 1200, 2), play("pawl", 10, 90)),
                List.of(play("dbos", 600, 6), play("dbos", 200, 2), play("dbos", 900, 8)));

        assertThat(ratio.peer()).isEqualTo("dbos");
        assertThat(ratio.ourRunsPerSecond()).isEqualTo(900, within(0.01));
        assertThat(ratio.runsPerSecond()).isEqualTo(1.5, within(0.001));
        assertThat(ratio.p50()).isEqualTo(0.5, within(0.001));
        assertThat(ratio.ourCpuMillis()).isEqualTo(1, within(0.001));
        assertThat(ratio.cpu()).isEqualTo(1 / 1.5, within(0.001));
    }

    @Test
    void ofAnEvenNumberOfTurnsTheMedianLiesBetweenTheTwoInTheMiddle() {
        Ratio ratio = Ratio.of(List.of(play("pawl", 100, 1)), List.of(play("dbos", 100, 10), play("dbos", 300, 20)));

        assertThat(ratio.theirRunsPerSecond()).isEqualTo(200, within(0.01));
        assertThat(ratio.theirP50()).isEqualTo(15);
    }

    private static Play play(String engine, int runsInASecond, double p50) {
        return new Play(
                engine,
                new Play.Workload(false, 16),
                runsInASecond,
                Duration.ofSeconds(1),
                Latencies.ofMillis(List.of(p50)),
                READING,
                List.of());
    }
}
