package dev.pawl.bench.load;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What clients did and saw.
 *
 * @param runs ids of the runs they started, as they were answered
 * @param took from the first request to the last answer
 * @param awaited from request to the answer that the run is complete, where clients waited for that
 */
public record Started(List<String> runs, Duration took, Optional<Latencies> awaited) {
    public Started {
        runs = List.copyOf(runs);
    }
}
