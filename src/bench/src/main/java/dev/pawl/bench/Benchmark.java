package dev.pawl.bench;

import dev.pawl.bench.BenchmarkPlan.Part;
import dev.pawl.bench.check.CheckCompleteness;
import dev.pawl.bench.load.Latencies;
import dev.pawl.bench.load.RestClients;
import dev.pawl.bench.load.Started;
import dev.pawl.bench.manifest.RunMicroBenchmarks;
import dev.pawl.bench.measure.Cost;
import dev.pawl.bench.measure.Meter;
import dev.pawl.bench.measure.Statements;
import dev.pawl.bench.pipeline.NoOpPipelines;
import dev.pawl.bench.report.Budget;
import dev.pawl.bench.report.Figure;
import dev.pawl.bench.report.PerRun;
import dev.pawl.bench.report.PrintFigures;
import dev.pawl.bench.stand.Stand;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openjdk.jmh.results.Result;

/**
 * Measures what ships: starts PostgreSQL and the built server, runs the workloads, checks that their runs are complete and
 * prints what they cost. Ends with status 1 when a figure does not count or is over its budget.
 */
public final class Benchmark {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final BenchmarkPlan plan;
    private final Stand stand;
    private final Meter meter;
    private final PrintStream out;
    private final PrintFigures print;
    private final CheckCompleteness completeness;
    private final List<Figure> figures = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    private Benchmark(BenchmarkPlan plan, Stand stand, Meter meter, PrintStream out) {
        this.plan = plan;
        this.stand = stand;
        this.meter = meter;
        this.out = out;
        this.print = new PrintFigures(out);
        this.completeness = new CheckCompleteness(
                meter.observer(), stand.http(), NoOpPipelines.THREE_STEPS, NoOpPipelines.THREE_STEPS_HISTORY);
    }

    /** Options are those of {@link BenchmarkPlan}. */
    public static void main(String[] arguments) throws Exception {
        BenchmarkPlan plan = BenchmarkPlan.of(arguments);
        // what processes say of their start would stand between the figures
        Logger.getLogger("").setLevel(Level.WARNING);
        List<String> complaints = new ArrayList<>();
        if (plan.parts().stream().anyMatch(part -> part != Part.MANIFEST)) {
            try (Stand stand = Stand.start(plan.folder(), plan.jvm());
                    Meter meter = Meter.of(stand)) {
                complaints.addAll(new Benchmark(plan, stand, meter, System.out).run());
            }
        }
        if (plan.has(Part.MANIFEST)) {
            PrintFigures print = new PrintFigures(System.out);
            for (Result<?> result : RunMicroBenchmarks.run(plan.shortMicro())) {
                Map<String, Object> values = new LinkedHashMap<>();
                values.put("average", result.getScore());
                values.put("unit", result.getScoreUnit());
                // one measurement alone has no error
                if (!Double.isNaN(result.getScoreError())) {
                    values.put("error", result.getScoreError());
                }
                print.line(result.getLabel(), values);
            }
        }
        complaints.forEach(complaint -> System.out.println("NOT GOOD: " + complaint));
        System.exit(complaints.isEmpty() ? 0 : 1);
    }

    /** Everything the plan asks for; answers what is wrong with it. */
    private List<String> run() {
        if (plan.has(Part.IDLE)) {
            idle("idle");
        }
        clients().startAndAwait(plan.burstClients(), plan.warmUp());
        if (plan.has(Part.SEQUENCE)) {
            plan.runs().forEach((count, runs) -> sequence("sequence", count, runs));
        }
        if (plan.has(Part.BURST)) {
            burst();
        }
        if (plan.has(Part.IDLE)) {
            idle("idle after runs");
        }
        if (plan.has(Part.GROWTH)) {
            growth();
        }
        print.table(figures);
        return complaints;
    }

    /** With connections of their own: the server has closed those that were left idle between two workloads. */
    private RestClients clients() {
        return new RestClients(stand.http(), NoOpPipelines.THREE_STEPS, plan.keys());
    }

    private Optional<Figure> sequence(String name, int count, int runs) {
        return measure(name, count, () -> clients().startAndAwait(count, runs));
    }

    private void burst() {
        measure("burst", plan.burstClients(), () -> clients().start(plan.burstClients(), plan.burst()))
                .ifPresent(figure -> {
                    List<String> over = Budget.THREE_STEPS.exceededBy(figure.perRun());
                    out.println(over.isEmpty() ? "burst: within budget" : "burst: over budget: " + over);
                    over.forEach(excess -> complaints.add("over budget in a burst, " + excess));
                });
    }

    private void growth() {
        int count = 16;
        int runs = plan.runs().getOrDefault(count, 2000);
        Optional<Figure> before = sequence("before growth", count, runs);
        new Growth(meter.observer()).addCopies(NoOpPipelines.THREE_STEPS, plan.growth());
        Optional<Figure> after = sequence("after growth", count, runs);
        if (before.isPresent() && after.isPresent()) {
            print.line("growth, after : before", ratios(before.get(), after.get()));
        }
    }

    private Map<String, Object> ratios(Figure before, Figure after) {
        Map<String, Object> ratios = new LinkedHashMap<>();
        ratios.put("finishedRuns", completeness.runs());
        ratios.put("runsPerSecond", after.runsPerSecond() / before.runsPerSecond());
        ratios.put("statements", after.perRun().statements() / before.perRun().statements());
        ratios.put(
                "databaseCpuMs",
                after.perRun().databaseMillis() / before.perRun().databaseMillis());
        ratios.put(
                "serverCpuMs", after.perRun().serverMillis() / before.perRun().serverMillis());
        return ratios;
    }

    /** The figure, or nothing and a complaint when it does not count. */
    private Optional<Figure> measure(String name, int count, Supplier<Started> load) {
        meter.awaitRest(PATIENCE);
        long runsBefore = completeness.runs();
        Started[] started = new Started[1];
        Cost cost;
        try {
            cost = meter.measure(() -> started[0] = load.get(), PATIENCE);
        } catch (RestClients.ClientFailedException e) {
            complaints.add(name + " with " + count + " clients: " + e.getMessage());
            return Optional.empty();
        }
        List<String> runs = started[0].runs();
        List<String> faults =
                completeness.faults(runs, runsBefore, cost.reading().messages());
        Figure figure = new Figure(
                name,
                count,
                runs.size(),
                runs.size() / seconds(runs),
                started[0].awaited(),
                recorded(runs),
                PerRun.of(cost, runs.size()),
                cost.reading().otherMillis()
                        / (double) Math.max(1, cost.reading().machineMillis()));
        print.line(figure, faults.isEmpty());
        mostCalled(cost.reading().statements(), runs.size());
        if (!faults.isEmpty()) {
            faults.stream().limit(10).forEach(fault -> complaints.add(name + " does not count: " + fault));
            return Optional.empty();
        }
        figures.add(figure);
        return Optional.of(figure);
    }

    private double seconds(List<String> runs) {
        return meter.observer()
                .rows(
                        "select extract(epoch from max(completed_at) - min(created_at)) from pawl_run where id = any(?)",
                        row -> row.getDouble(1),
                        runs)
                .get(0);
    }

    private Latencies recorded(List<String> runs) {
        return Latencies.ofMillis(meter.observer()
                .rows(
                        "select extract(epoch from completed_at - created_at) * 1000 from pawl_run where id = any(?)",
                        row -> row.getDouble(1),
                        runs));
    }

    private void idle(String name) {
        meter.awaitRest(PATIENCE);
        Duration silence = Duration.ofSeconds(plan.idleSeconds());
        Cost cost = meter.measure(() -> LockSupport.parkNanos(silence.toNanos()), PATIENCE);
        double seconds = cost.took().toNanos() / 1e9;
        Statements statements = cost.reading().statements();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("finishedRuns", completeness.runs());
        values.put("statementsPerSecond", statements.working() / seconds);
        values.put("beginEndPerSecond", statements.control() / seconds);
        values.put("commitsPerSecond", cost.commits() / seconds);
        values.put("walBytesPerSecond", cost.reading().logBytes() / seconds);
        values.put("serverCpuMsPerSecond", cost.reading().serverMillis() / seconds);
        values.put("databaseCpuMsPerSecond", cost.reading().databaseMillis() / seconds);
        values.put("jobMessagesPerSecond", cost.reading().messages().jobs() / seconds);
        print.line(name, values);
        mostCalled(statements, 1);
    }

    private void mostCalled(Statements statements, int runs) {
        statements
                .mostCalled(plan.statements())
                .forEach(entry -> out.printf(
                        Locale.ROOT,
                        "    %8.3f  %s%n",
                        entry.getValue() / (double) runs,
                        entry.getKey().replaceAll("\\s+", " ")));
    }
}
