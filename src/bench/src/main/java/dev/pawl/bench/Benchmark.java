package dev.pawl.bench;

import dev.pawl.bench.BenchmarkPlan.Part;
import dev.pawl.bench.check.Whole;
import dev.pawl.bench.load.EntityClients;
import dev.pawl.bench.load.InsideClients;
import dev.pawl.bench.load.JmsClients;
import dev.pawl.bench.load.Publishers;
import dev.pawl.bench.load.RestClients;
import dev.pawl.bench.load.Started;
import dev.pawl.bench.manifest.RunMicroBenchmarks;
import dev.pawl.bench.measure.Cost;
import dev.pawl.bench.measure.Footprint;
import dev.pawl.bench.measure.Meter;
import dev.pawl.bench.measure.Pause;
import dev.pawl.bench.measure.Statements;
import dev.pawl.bench.peer.Contest;
import dev.pawl.bench.pipeline.Waiter;
import dev.pawl.bench.report.Budget;
import dev.pawl.bench.report.Figure;
import dev.pawl.bench.report.PrintFigures;
import dev.pawl.bench.stand.Stand;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures what ships: starts PostgreSQL and the built server, runs the workloads, checks that their runs are complete and
 * prints what they cost. Ends with status 1 when a figure does not count or is over its budget.
 */
public final class Benchmark {

    private static final double MEDIAN = 0.5;

    /** Statements per run with a long history to those without. */
    private static final double MOST_GROWTH = 1.15;

    /** When the time of a sleeper comes that was started by the benchmark. */
    private static final String ALARM = "(input::jsonb ->> 'at')::timestamptz";

    /** Until the first timer: time enough to start them all, so that none is late before it sleeps. */
    private static final Duration LEAD = Duration.ofSeconds(20);

    /** All runs are asleep before the first one's time comes, on any machine that starts as many. */
    private static final int SLOWEST_STARTS_PER_SECOND = 80;

    private static final int FAN_OUTS_OF_WARM_UP = 5;

    private static final int EVENTS_BEFORE_THE_CALL = Waiter.HISTORY.indexOf("wait:completed");

    private final BenchmarkPlan plan;
    private final Stand stand;
    private final Meter meter;
    private final PrintStream out;
    private final PrintFigures print;
    private final MeasureRuns runs;

    private Benchmark(BenchmarkPlan plan, Stand stand, Meter meter, PrintStream out) {
        this.plan = plan;
        this.stand = stand;
        this.meter = meter;
        this.out = out;
        this.print = new PrintFigures(out);
        this.runs = new MeasureRuns(stand, meter, out, plan.statements());
    }

    /** Options are those of {@link BenchmarkPlan}. */
    public static void main(String[] arguments) throws Exception {
        BenchmarkPlan plan = BenchmarkPlan.of(arguments);
        // what processes say of their start would stand between the figures
        Logger.getLogger("").setLevel(Level.WARNING);
        List<String> complaints = new ArrayList<>();
        if (plan.hasStand()) {
            try (Stand stand = Stand.start(plan.folder(), plan.jvm());
                    Meter meter = Meter.of(stand)) {
                complaints.addAll(new Benchmark(plan, stand, meter, System.out).run());
            }
        }
        if (plan.has(Part.MANIFEST)) {
            manifest(plan);
        }
        complaints.forEach(complaint -> System.out.println("NOT GOOD: " + complaint));
        System.exit(complaints.isEmpty() ? 0 : 1);
    }

    private static void manifest(BenchmarkPlan plan) throws RunnerException {
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

    /** Everything the plan asks for; answers what is wrong with it. */
    private List<String> run() {
        perform(Part.IDLE, () -> idle("idle"));
        clients(Whole.THREE_STEPS).startAndAwait(plan.burstClients(), plan.warmUp());
        perform(Part.SEQUENCE, () -> plan.runs().forEach((count, all) -> sequence("sequence", count, all)));
        perform(Part.BURST, this::burst);
        perform(Part.INSIDE, this::inside);
        if (!plan.peers().isEmpty()) {
            contest();
        }
        perform(Part.CODE, this::code);
        perform(Part.TRANSACTIONS, () -> burst("transactions", Whole.THREE_TRANSACTIONS));
        perform(Part.FAN_OUT, this::fanOut);
        perform(Part.TIMERS, this::timers);
        perform(Part.EVENTS, this::events);
        perform(Part.JMS, this::jms);
        perform(Part.ENTITIES, this::entities);
        perform(Part.IDLE, () -> idle("idle after runs"));
        perform(Part.GROWTH, this::growth);
        perform(Part.SLEEPERS, this::sleepers);
        print.table(runs.figures());
        return runs.complaints();
    }

    private void perform(Part part, Runnable work) {
        if (plan.has(part)) {
            work.run();
        }
    }

    /** With connections of their own: the server has closed those that were left idle between two workloads. */
    private RestClients clients(Whole whole) {
        return new RestClients(stand.http(), whole.workflow(), plan.keys());
    }

    private Optional<Figure> sequence(String name, int count, int all) {
        return runs.measure(
                name, count, Whole.THREE_STEPS, () -> clients(Whole.THREE_STEPS).startAndAwait(count, all));
    }

    private Optional<Figure> burst(String name, Whole whole) {
        int count = plan.burstClients();
        return runs.measure(name, count, whole, () -> clients(whole).start(count, plan.burst()));
    }

    private void burst() {
        burst("burst", Whole.THREE_STEPS).ifPresent(figure -> {
            List<String> over = Budget.THREE_STEPS.exceededBy(figure.perRun());
            out.println(over.isEmpty() ? "burst: within budget" : "burst: over budget: " + over);
            over.forEach(excess -> runs.complain("over budget in a burst, " + excess));
        });
    }

    private void contest() {
        Contest.Rules rules = new Contest.Rules(
                plan.insideClients(),
                plan.inside(),
                plan.insideBurst(),
                plan.rounds(),
                plan.insideWarmUp(),
                Duration.ofSeconds(plan.peerWarmUp()),
                Path.of(System.getProperty("pawl.bench.peers")),
                plan.jvm(),
                plan.folder());
        try (InsideClients clients = insideClients()) {
            new Contest(rules, stand, meter, clients, out).play(plan.peers()).forEach(runs::complain);
        }
    }

    private void code() {
        int count = plan.burstClients();
        clients(Whole.THREE_CODE_STEPS).startAndAwait(count, plan.burst());
        runs.measure("code", count, Whole.THREE_CODE_STEPS, () -> clients(Whole.THREE_CODE_STEPS)
                .startAndAwait(count, plan.burst()));
        burst("code burst", Whole.THREE_CODE_STEPS);
    }

    private void inside() {
        try (InsideClients clients = insideClients()) {
            MeasureInside inside = new MeasureInside(clients, runs, plan);
            inside.measure("", Whole.THREE_STEPS);
            inside.measure("code ", Whole.THREE_CODE_STEPS);
        }
    }

    private InsideClients insideClients() {
        clients(Whole.OPEN_INSIDE).startAndAwait(1, 1);
        return InsideClients.of(stand.serverPid());
    }

    private void fanOut() {
        clients(Whole.FAN_OUT).startAndAwait(1, FAN_OUTS_OF_WARM_UP * plan.fanOuts());
        runs.measure(
                "fan-out of 100", 1, Whole.FAN_OUT, () -> clients(Whole.FAN_OUT).startAndAwait(1, plan.fanOuts()));
    }

    /** What was recorded of them is their lateness. */
    private void timers() {
        Instant first = Instant.now().plus(LEAD).plusSeconds(plan.timers() / SLOWEST_STARTS_PER_SECOND);
        Duration apart = Duration.ofSeconds(1).dividedBy(plan.timersPerSecond());
        RestClients clients = new RestClients(
                stand.http(),
                Whole.SLEEPER.workflow(),
                plan.keys(),
                number -> Map.of("at", first.plus(apart.multipliedBy(number)).toString()));
        runs.measure(
                "timers",
                plan.burstClients(),
                Whole.SLEEPER,
                () -> clients.start(plan.burstClients(), plan.timers()),
                ALARM);
    }

    private void events() {
        int count = plan.burstClients();
        String type = Waiter.CALLED.name();
        events("events", prefix -> new Publishers(stand.http(), type).publish(count, plan.waiters(), prefix));
        try (InsideClients inside = insideClients()) {
            events("inside events", prefix -> inside.publish(type, count, plan.waiters(), prefix));
        }
    }

    /** @param publish publishes the event of each run, given the prefix of their correlations */
    private void events(String name, Consumer<String> publish) {
        int count = plan.burstClients();
        String prefix = UUID.randomUUID() + "-";
        RestClients clients = new RestClients(
                stand.http(), Whole.WAITER.workflow(), plan.keys(), number -> Map.of("key", prefix + number));
        Started waiting = clients.start(count, plan.waiters());
        meter.awaitRest(MeasureRuns.PATIENCE);
        Instant[] begun = new Instant[1];
        runs.measureKnown(
                name,
                count,
                Whole.WAITER,
                waiting.runs(),
                EVENTS_BEFORE_THE_CALL,
                () -> {
                    begun[0] = Instant.now();
                    publish.accept(prefix);
                },
                () -> "timestamptz '" + begun[0] + "'");
    }

    private void jms() {
        String prefix = "jms-" + UUID.randomUUID() + "-";
        int count = plan.burstClients();
        runs.measure("jms", count, Whole.THREE_STEPS, () -> {
            long begin = System.nanoTime();
            new JmsClients(stand::jms, Whole.THREE_STEPS.workflow()).start(count, plan.burst(), prefix);
            List<String> started = awaitStarted(prefix, plan.burst());
            return new Started(started, Duration.ofNanos(System.nanoTime() - begin), Optional.empty());
        });
    }

    private void entities() {
        try (InsideClients inside = insideClients()) {
            new MeasureCommands(
                            meter, runs, new EntityClients(stand.http()), inside, plan.burstClients(), plan.commands())
                    .measure(plan.instances());
        }
    }

    private List<String> awaitStarted(String prefix, int count) {
        long end = System.nanoTime() + MeasureRuns.PATIENCE.toNanos();
        while (true) {
            List<String> started = meter.observer()
                    .rows(
                            "select id from pawl_run where correlation_id <> id and correlation_id like ?",
                            row -> row.getString(1),
                            prefix + "%");
            if (started.size() >= count) {
                return started;
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException(started.size() + " of " + count + " commands have started runs");
            }
            Pause.of(Duration.ofMillis(100));
        }
    }

    private void growth() {
        int count = 16;
        int all = plan.runs().getOrDefault(count, 2000);
        Optional<Figure> before = sequence("before growth", count, all);
        Growth growth = Growth.ofFinished(meter.observer(), Whole.THREE_STEPS.workflow());
        for (int finished : plan.growth()) {
            growth.growTo(finished);
            Optional<Figure> after = sequence("after " + finished, count, all);
            if (before.isPresent() && after.isPresent()) {
                print.line("growth, after : before", ratios(finished, before.get(), after.get()));
                complainOfGrowth(finished, before.get(), after.get());
            }
        }
    }

    /** Times tell of the machine as well, so they are printed and not judged. */
    private void complainOfGrowth(int finished, Figure before, Figure after) {
        double ratio = after.perRun().statements() / before.perRun().statements();
        if (ratio > MOST_GROWTH) {
            runs.complain(String.format(
                    Locale.ROOT, "%.2f times the statements per run with %d finished runs", ratio, finished));
        }
    }

    private static Map<String, Object> ratios(int finished, Figure before, Figure after) {
        Map<String, Object> ratios = new LinkedHashMap<>();
        ratios.put("finishedRuns", finished);
        ratios.put("runsPerSecond", after.runsPerSecond() / before.runsPerSecond());
        ratios.put("seenP50", median(after) / median(before));
        ratios.put("statements", after.perRun().statements() / before.perRun().statements());
        ratios.put("walBytes", after.perRun().logBytes() / before.perRun().logBytes());
        ratios.put(
                "databaseCpuMs",
                after.perRun().databaseMillis() / before.perRun().databaseMillis());
        ratios.put(
                "serverCpuMs", after.perRun().serverMillis() / before.perRun().serverMillis());
        return ratios;
    }

    private static double median(Figure figure) {
        return figure.awaited().orElseThrow().percentile(MEDIAN);
    }

    private void sleepers() {
        Instant far = Instant.now().plus(Duration.ofDays(30));
        new RestClients(stand.http(), Whole.SLEEPER.workflow(), false, number -> Map.of("at", far.toString()))
                .start(1, 1);
        meter.awaitRest(MeasureRuns.PATIENCE);
        footprint("footprint with one sleeping");
        Growth.ofSleeping(meter.observer(), Whole.SLEEPER.workflow()).growTo(plan.sleepers());
        idle("idle with " + plan.sleepers() + " sleeping");
        footprint("footprint with " + plan.sleepers() + " sleeping");
    }

    private void footprint(String name) {
        Footprint footprint = Footprint.of(stand.serverPid());
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("threads", footprint.threads());
        values.put("liveHeapBytes", footprint.liveHeapBytes());
        print.line(name, values);
    }

    private void idle(String name) {
        meter.awaitRest(MeasureRuns.PATIENCE);
        Duration silence = Duration.ofSeconds(plan.idleSeconds());
        Cost cost = meter.measure(() -> Pause.of(silence), MeasureRuns.PATIENCE);
        double seconds = cost.took().toNanos() / 1e9;
        Statements statements = cost.reading().statements();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("runs", meter.observer().number("select count(*) from pawl_run"));
        values.put("statementsPerSecond", statements.working() / seconds);
        values.put("beginEndPerSecond", statements.control() / seconds);
        values.put("commitsPerSecond", cost.commits() / seconds);
        values.put("scannedRowsPerSecond", cost.scannedRows() / seconds);
        values.put("walBytesPerSecond", cost.reading().logBytes() / seconds);
        values.put("serverCpuMsPerSecond", cost.reading().serverMillis() / seconds);
        values.put("databaseCpuMsPerSecond", cost.reading().databaseMillis() / seconds);
        values.put("jobMessagesPerSecond", cost.reading().messages().jobs() / seconds);
        print.line(name, values);
        runs.printMostCalled(statements, 1);
        if (statements.working() / seconds > Budget.IDLE_STATEMENTS_PER_SECOND) {
            runs.complain(name + " is over its budget of statements per second");
        }
    }
}
