package dev.pawl.bench.peer;

import dev.pawl.bench.measure.Reading;
import dev.pawl.bench.report.PrintFigures;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints turns and ratios: a line of JSON each, and all ratios as one table. */
final class PrintContest {

    private static final double HALF = 0.5;
    private static final double TAIL = 0.99;

    private final PrintStream out;
    private final PrintFigures figures;

    PrintContest(PrintStream out) {
        this.out = out;
        this.figures = new PrintFigures(out);
    }

    void begin(String engine, String version) {
        figures.line("peer", Map.of("engine", engine, "version", version));
    }

    /** With the names that other figures have; what serves the engine is its "server". */
    void line(Play play) {
        Reading reading = play.reading();
        double runs = Math.max(1, play.runs());
        Map<String, Object> perRun = new LinkedHashMap<>();
        perRun.put("statements", thousandths(reading.statements().working() / runs));
        perRun.put("beginEnd", thousandths(reading.statements().control() / runs));
        perRun.put("writeTransactions", thousandths(reading.transactionIds() / runs));
        perRun.put("twoPhaseCommits", thousandths(reading.statements().prepared() / runs));
        perRun.put("walBytes", thousandths(reading.logBytes() / runs));
        perRun.put("serverCpuMs", thousandths(reading.serverMillis() / runs));
        perRun.put("databaseCpuMs", thousandths(reading.databaseMillis() / runs));
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("engine", play.engine());
        values.put("clients", play.workload().clients());
        values.put("runs", play.runs());
        values.put("runsPerSecond", play.runsPerSecond());
        values.put("p50", play.times().percentile(HALF));
        values.put("p99", play.times().percentile(TAIL));
        values.put("perRun", perRun);
        values.put("othersCpuShare", reading.otherMillis() / (double) Math.max(1, reading.machineMillis()));
        values.put("complete", play.faults().isEmpty());
        figures.line("contest " + play.workload().id(), values);
    }

    void table(List<Ratio> ratios) {
        for (Ratio ratio : ratios) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("peer", ratio.peer());
            values.put("of", ratio.workload().id());
            values.put("clients", ratio.workload().clients());
            values.put("runsPerSecond", ratio.runsPerSecond());
            values.put("p50", ratio.p50());
            values.put("cpuMs", ratio.cpu());
            figures.line("ratio", values);
        }
        out.println();
        out.println(
                "Ours to theirs, medians. runs/s: above 1 we are faster. p50 (ms) and processor time of engine and database"
                        + " (ms per run): below 1 our runs take less.");
        out.printf(
                Locale.ROOT,
                "%-14s%-10s%8s%12s%12s%8s%12s%12s%8s%12s%12s%8s%n",
                "peer",
                "workload",
                "clients",
                "our runs/s",
                "theirs",
                "ratio",
                "our p50",
                "theirs",
                "ratio",
                "our CPU",
                "theirs",
                "ratio");
        ratios.forEach(ratio -> out.printf(
                Locale.ROOT,
                "%-14s%-10s%8d%12.1f%12.1f%8.2f%12.1f%12.1f%8.2f%12.2f%12.2f%8.2f%n",
                ratio.peer(),
                ratio.workload().id(),
                ratio.workload().clients(),
                ratio.ourRunsPerSecond(),
                ratio.theirRunsPerSecond(),
                ratio.runsPerSecond(),
                ratio.ourP50(),
                ratio.theirP50(),
                ratio.p50(),
                ratio.ourCpuMillis(),
                ratio.theirCpuMillis(),
                ratio.cpu()));
        out.println();
    }

    private static double thousandths(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
