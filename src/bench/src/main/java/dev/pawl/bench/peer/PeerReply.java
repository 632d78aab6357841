package dev.pawl.bench.peer;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What a peer's process says it did.
 *
 * @param took the whole of it
 * @param millis of each run
 * @param faults what is wrong with the runs, empty when nothing is
 */
record PeerReply(Duration took, List<Double> millis, String faults) {

    private static final String DONE = "done";
    private static final int FIELDS = 4;
    private static final double MICROS_PER_MILLI = 1000;

    PeerReply {
        millis = List.copyOf(millis);
    }

    /** @throws IllegalStateException when it says that it failed */
    static PeerReply of(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != FIELDS || !fields[0].equals(DONE)) {
            throw new IllegalStateException("a peer says: " + line);
        }
        return new PeerReply(
                Duration.ofNanos(Long.parseLong(fields[1])),
                Arrays.stream(fields[2].split(","))
                        .filter(time -> !time.isEmpty())
                        .map(time -> Long.parseLong(time) / MICROS_PER_MILLI)
                        .toList(),
                fields[3]);
    }
}
