package dev.pawl.bench.peer;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Ours to a peer's at one kind of work, each the median of all turns.
 *
 * @param ourCpuMillis processor time per run, of the engine and the database together
 */
record Ratio(
        String peer,
        Play.Workload workload,
        double ourRunsPerSecond,
        double theirRunsPerSecond,
        double ourP50,
        double theirP50,
        double ourCpuMillis,
        double theirCpuMillis) {

    private static final double HALF = 0.5;

    static Ratio of(List<Play> ours, List<Play> theirs) {
        Play any = theirs.get(0);
        ToDoubleFunction<Play> p50 = play -> play.times().percentile(HALF);
        return new Ratio(
                any.engine(),
                any.workload(),
                median(ours, Play::runsPerSecond),
                median(theirs, Play::runsPerSecond),
                median(ours, p50),
                median(theirs, p50),
                median(ours, Play::cpuMillis),
                median(theirs, Play::cpuMillis));
    }

    /** More than one: we are faster. */
    double runsPerSecond() {
        return ourRunsPerSecond / theirRunsPerSecond;
    }

    /** Less than one: our runs take less time. */
    double p50() {
        return ourP50 / theirP50;
    }

    /** Less than one: our runs cost less. */
    double cpu() {
        return ourCpuMillis / theirCpuMillis;
    }

    private static double median(List<Play> plays, ToDoubleFunction<Play> value) {
        double[] sorted = plays.stream().mapToDouble(value).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1
                ? sorted[middle]
                : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
    }
}
