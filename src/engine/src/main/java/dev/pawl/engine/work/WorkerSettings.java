package dev.pawl.engine.work;

import java.time.Duration;

/**
 * How much a worker takes on and how long it may hold it.
 *
 * @param places steps executed at the same time
 * @param leaseFor a worker that stays silent for this long has lost its steps
 * @param writesTogether reports, runs to start and events, written in one transaction at most
 * @param writers transactions that write them at the same time
 */
public record WorkerSettings(int places, Duration leaseFor, int writesTogether, int writers) {

    public static final WorkerSettings DEFAULT = new WorkerSettings(128, Duration.ofSeconds(30), 128, 2);

    public WorkerSettings {
        if (places < 1 || writesTogether < 1 || writers < 1) {
            throw new IllegalArgumentException("places, writesTogether and writers must be at least 1");
        }
        if (leaseFor.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("leaseFor must be at least a second, was " + leaseFor);
        }
    }
}
