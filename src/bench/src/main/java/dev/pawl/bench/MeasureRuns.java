package dev.pawl.bench;

import dev.pawl.bench.check.CheckCompleteness;
import dev.pawl.bench.check.Whole;
import dev.pawl.bench.load.Latencies;
import dev.pawl.bench.load.RestClients;
import dev.pawl.bench.load.Started;
import dev.pawl.bench.measure.Cost;
import dev.pawl.bench.measure.Meter;
import dev.pawl.bench.measure.Statements;
import dev.pawl.bench.pipeline.StockCommands;
import dev.pawl.bench.report.Figure;
import dev.pawl.bench.report.PerRun;
import dev.pawl.bench.report.PrintFigures;
import dev.pawl.bench.stand.Stand;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Measures what runs cost, and lets no figure count whose runs are not complete. */
final class MeasureRuns {

    static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final int MOST_FAULTS = 10;

    private final Stand stand;
    private final Meter meter;
    private final PrintStream out;
    private final PrintFigures print;
    private final int statements;
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    /** @param statements how many of those called most are printed */
    MeasureRuns(Stand stand, Meter meter, PrintStream out, int statements) {
        this.stand = stand;
        this.meter = meter;
        this.out = out;
        this.print = new PrintFigures(out);
        this.statements = statements;
    }

    List<Figure> figures() {
        return List.copyOf(figures);
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }

    void complain(String complaint) {
        complaints.add(complaint);
    }

    /** Times from the creation of the first run to the completion of the last. */
    Optional<Figure> measure(String name, int clients, Whole whole, Supplier<Started> load) {
        return measure(name, clients, whole, load, "created_at");
    }

    /**
     * For a load that starts runs of other workflows as well.
     *
     * @param others events of those
     * @param since asked for when the load is over
     */
    Optional<Figure> measureAmongOthers(
            String name, int clients, Whole whole, Supplier<Started> load, int others, Supplier<String> since) {
        CheckCompleteness completeness = new CheckCompleteness(meter.observer(), stand.http(), whole);
        meter.awaitRest(PATIENCE);
        long runsBefore = completeness.runs();
        Started[] started = new Started[1];
        Cost cost;
        try {
            cost = meter.measure(() -> started[0] = load.get(), PATIENCE);
        } catch (RestClients.ClientFailedException e) {
            complain(name + " with " + clients + " clients: " + e.getMessage());
            return Optional.empty();
        }
        List<String> faults = completeness.faults(
                started[0].runs(), runsBefore, cost.reading().messages().andEvents(-others));
        return figure(name, clients, started[0], cost, faults, since.get());
    }

    /** @param since column of the runs with the time from which on their rate is counted */
    Optional<Figure> measure(String name, int clients, Whole whole, Supplier<Started> load, String since) {
        return measureAmongOthers(name, clients, whole, load, 0, () -> since);
    }

    /**
     * For runs that were there before what is measured began.
     *
     * @param events of their histories that had been recorded by then
     * @param since asked for when the load is over
     */
    Optional<Figure> measureKnown(
            String name,
            int clients,
            Whole whole,
            List<String> runs,
            int events,
            Runnable load,
            Supplier<String> since) {
        CheckCompleteness completeness = new CheckCompleteness(meter.observer(), stand.http(), whole);
        long runsBefore = completeness.runs() - runs.size();
        Cost cost;
        try {
            cost = meter.measure(load::run, PATIENCE);
        } catch (RestClients.ClientFailedException e) {
            complain(name + " with " + clients + " clients: " + e.getMessage());
            return Optional.empty();
        }
        Started known = new Started(runs, cost.took(), Optional.empty());
        List<String> faults =
                completeness.faults(runs, runsBefore, cost.reading().messages().andEvents((long) events * runs.size()));
        return figure(name, clients, known, cost, faults, since.get());
    }

    private Optional<Figure> figure(
            String name, int clients, Started started, Cost cost, List<String> faults, String since) {
        List<String> runs = started.runs();
        return keep(
                new Figure(
                        name,
                        clients,
                        runs.size(),
                        runs.size() / seconds(runs, since),
                        started.awaited(),
                        Optional.of(recorded(runs, since)),
                        PerRun.of(cost, runs.size()),
                        others(cost)),
                cost,
                faults);
    }

    /** Commands in the place of runs. */
    Optional<Figure> keepCommands(String name, StockCommands commands, Started sent, Cost cost, List<String> faults) {
        return keep(
                new Figure(
                        name,
                        commands.clients(),
                        commands.all(),
                        commands.all() / (sent.took().toNanos() / 1e9),
                        sent.awaited(),
                        Optional.empty(),
                        PerRun.of(cost, commands.all()),
                        others(cost)),
                cost,
                faults);
    }

    private static double others(Cost cost) {
        return cost.reading().otherMillis()
                / (double) Math.max(1, cost.reading().machineMillis());
    }

    private Optional<Figure> keep(Figure figure, Cost cost, List<String> faults) {
        print.line(figure, faults.isEmpty());
        printMostCalled(cost.reading().statements(), figure.runs());
        if (!faults.isEmpty()) {
            faults.stream()
                    .limit(MOST_FAULTS)
                    .forEach(fault -> complain(figure.workload() + " does not count: " + fault));
            return Optional.empty();
        }
        figures.add(figure);
        return Optional.of(figure);
    }

    private double seconds(List<String> runs, String since) {
        return meter.observer()
                .rows(
                        "select extract(epoch from max(completed_at) - min(" + since
                                + ")) from pawl_run where id = any(?)",
                        row -> row.getDouble(1),
                        runs)
                .get(0);
    }

    private Latencies recorded(List<String> runs, String since) {
        return Latencies.ofMillis(meter.observer()
                .rows(
                        "select extract(epoch from completed_at - " + since
                                + ") * 1000 from pawl_run where id = any(?)",
                        row -> row.getDouble(1),
                        runs));
    }

    void printMostCalled(Statements called, int runs) {
        called.mostCalled(statements)
                .forEach(entry -> out.printf(
                        Locale.ROOT,
                        "    %8.3f  %8.0f B  %s%n",
                        entry.getValue() / (double) runs,
                        called.logBytes().getOrDefault(entry.getKey(), 0L) / (double) runs,
                        entry.getKey().replaceAll("\\s+", " ")));
    }
}
