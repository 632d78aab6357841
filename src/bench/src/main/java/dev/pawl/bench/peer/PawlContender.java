package dev.pawl.bench.peer;

import dev.pawl.bench.check.CheckCompleteness;
import dev.pawl.bench.check.Whole;
import dev.pawl.bench.load.InsideClients;
import dev.pawl.bench.load.Latencies;
import dev.pawl.bench.load.Started;
import dev.pawl.bench.measure.Meter;
import dev.pawl.bench.measure.Reading;
import dev.pawl.bench.stand.Stand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Our engine, with clients inside the server. */
final class PawlContender implements Contender {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(2);
    private static final int MOST_RUNS = 1_000_000;
    private static final Whole WHOLE = Whole.THREE_STEPS;

    private final Stand stand;
    private final Meter meter;
    private final InsideClients clients;

    PawlContender(Stand stand, Meter meter, InsideClients clients) {
        this.stand = stand;
        this.meter = meter;
        this.clients = clients;
    }

    @Override
    public String name() {
        return "pawl";
    }

    /** Runs that are not measured. */
    void warmUp(int count, int runs) {
        clients.startAndAwait(WHOLE.workflow(), count, runs, LONGEST_WARM_UP);
    }

    @Override
    public void warmUp(int count, Duration time) {
        clients.startAndAwait(WHOLE.workflow(), count, MOST_RUNS, time);
    }

    @Override
    public Play loop(int count, Duration time) {
        Started[] started = new Started[1];
        return play(
                new Play.Workload(false, count),
                0,
                () -> {
                    started[0] = clients.startAndAwait(WHOLE.workflow(), count, MOST_RUNS, time);
                    return started[0].runs();
                },
                () -> new Times(started[0].took(), started[0].awaited().orElseThrow()));
    }

    /** Our workers are kept busy while runs are queued; those that keep them so have events as well. */
    @Override
    public Play burst(int count, int runs) {
        Instant[] released = new Instant[1];
        Started[] started = new Started[1];
        return play(
                new Play.Workload(true, count),
                InsideClients.PLACES * Whole.OPEN_INSIDE.history().size(),
                () -> {
                    clients.holdPlaces(InsideClients.PLACES);
                    started[0] = clients.start(WHOLE.workflow(), count, runs);
                    released[0] = Instant.now();
                    clients.releasePlaces();
                    return started[0].runs();
                },
                () -> since(released[0], started[0].runs()));
    }

    private record Times(Duration took, Latencies each) {}

    private Times since(Instant begin, List<String> runs) {
        Latencies each = Latencies.ofMillis(meter.observer()
                .rows(
                        "select greatest(0, extract(epoch from completed_at - ?::timestamptz) * 1000)"
                                + " from pawl_run where id = any(?)",
                        row -> row.getDouble(1),
                        begin.toString(),
                        runs));
        return new Times(Duration.ofNanos((long) (each.longest() * 1e6)), each);
    }

    /**
     * @param others events of runs that are none of those measured
     * @param times asked for when all runs are complete
     */
    private Play play(Play.Workload workload, int others, Supplier<List<String>> load, Supplier<Times> times) {
        CheckCompleteness completeness = new CheckCompleteness(meter.observer(), stand.http(), WHOLE);
        long before = completeness.runs();
        List<List<String>> started = new ArrayList<>();
        Reading reading = meter.count(() -> started.add(load.get()), PATIENCE);
        List<String> runs = started.get(0);
        List<String> faults =
                completeness.faults(runs, before, reading.messages().andEvents(-others));
        Times measured = times.get();
        return new Play(name(), workload, runs.size(), measured.took(), measured.each(), reading, faults);
    }

    @Override
    public void rest() {
        meter.awaitRest(PATIENCE);
    }
}
