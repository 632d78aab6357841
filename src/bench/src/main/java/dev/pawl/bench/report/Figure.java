package dev.pawl.bench.report;

import dev.pawl.bench.load.Latencies;
import java.util.Optional;

/**
 * One workload's result, of runs that were all complete.
 *
 * @param runsPerSecond from the first request to the end of the last run
 * @param awaited from request to answer, as clients saw that waited for the end of their run
 * @param recorded from creation to completion, as the history has it; absent for commands, which are no runs
 * @param others share of all processor time that belonged to neither server nor database nor this program: where it is high,
 *     times mean little
 */
public record Figure(
        String workload,
        int clients,
        int runs,
        double runsPerSecond,
        Optional<Latencies> awaited,
        Optional<Latencies> recorded,
        PerRun perRun,
        double others) {}
