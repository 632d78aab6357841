package dev.pawl.bench;

import dev.pawl.bench.check.Whole;
import dev.pawl.bench.load.InsideClients;
import dev.pawl.bench.load.Started;
import dev.pawl.bench.report.Figure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What clients inside the server see: some that wait for their runs, and a queue that is worked off. */
final class MeasureInside {

    private static final int WARMING = 16;
    private static final int MOST_RUNS = 1_000_000;
    private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(2);

    private final InsideClients clients;
    private final MeasureRuns runs;
    private final BenchmarkPlan plan;

    MeasureInside(InsideClients clients, MeasureRuns runs, BenchmarkPlan plan) {
        this.clients = clients;
        this.runs = runs;
        this.plan = plan;
    }

    /** @param kind of definition, as part of the names of figures */
    void measure(String kind, Whole whole) {
        clients.startAndAwait(whole.workflow(), WARMING, plan.insideWarmUp(), LONGEST_WARM_UP);
        plan.insideClients().forEach(count -> {
            // the first turn of so many clients shows the compiler paths it has not seen
            sequence(whole, count);
            runs.measure("inside " + kind + "sequence", count, whole, () -> sequence(whole, count));
        });
        if (plan.insideBurst() > 0) {
            burst("inside " + kind + "burst", whole);
        }
    }

    private Started sequence(Whole whole, int count) {
        return clients.startAndAwait(whole.workflow(), count, MOST_RUNS, plan.inside());
    }

    /** From the moment on when the worker is free to the end of the last run; the costs are those of the start as well. */
    private Optional<Figure> burst(String name, Whole whole) {
        Instant[] released = new Instant[1];
        return runs.measureAmongOthers(
                name,
                WARMING,
                whole,
                () -> {
                    clients.holdPlaces(InsideClients.PLACES);
                    Started started = clients.start(whole.workflow(), WARMING, plan.insideBurst());
                    released[0] = Instant.now();
                    clients.releasePlaces();
                    return started;
                },
                InsideClients.PLACES * Whole.OPEN_INSIDE.history().size(),
                () -> "timestamptz '" + released[0] + "'");
    }
}
