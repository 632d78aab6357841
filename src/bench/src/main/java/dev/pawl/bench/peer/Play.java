package dev.pawl.bench.peer;

import dev.pawl.bench.load.Latencies;
import dev.pawl.bench.measure.Reading;
import java.time.Duration;
import java.util.List;

/**
 * One turn of one engine.
 *
 * @param took from the first start, or from the beginning of work where runs were queued, to the last completion
 * @param times of each run: what its client saw, or since the beginning of work
 * @param reading what was counted meanwhile
 * @param faults why it does not count, or nothing
 */
record Play(
        String engine,
        Workload workload,
        int runs,
        Duration took,
        Latencies times,
        Reading reading,
        List<String> faults) {

    /** @param burst whether runs are queued before they are worked off */
    record Workload(boolean burst, int clients) {
        String id() {
            return burst ? "burst" : "sequence";
        }
    }

    Play {
        faults = List.copyOf(faults);
    }

    double runsPerSecond() {
        return runs / (took.toNanos() / 1e9);
    }

    /** Processor time of the engine's process and of the database, per run. */
    double cpuMillis() {
        return (reading.serverMillis() + reading.databaseMillis()) / (double) Math.max(1, runs);
    }
}
