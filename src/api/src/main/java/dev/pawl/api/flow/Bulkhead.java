package dev.pawl.api.flow;

import java.time.Duration;

/**
 * At most so many calls at the same time, so many more that wait, for so long; whoever finds the queue full, or waits in
 * vain, fails at once and is not retried. What is admitted is called once.
 *
 * <p>On each server by itself, a call that waits keeps its worker's thread, as in MicroProfile Fault Tolerance. Across
 * servers, the queue is in the database and a call that waits holds no thread.
 *
 * @param limit calls at the same time
 * @param queue calls that may wait
 * @param maxWait how long one may wait
 * @param isShared whether the servers count together
 * @param name shared by all that declare it; empty for the step's own
 */
public record Bulkhead(int limit, int queue, Duration maxWait, boolean isShared, String name) implements StepPolicy {

    /** The code of a call that found the queue full. */
    public static final String FULL = "BULKHEAD_FULL";

    /** The code of a call that waited in vain. */
    public static final String TIMEOUT = "BULKHEAD_TIMEOUT";

    private static final Duration USUAL_WAIT = Duration.ofMinutes(1);

    public Bulkhead {
        if (limit < 1 || queue < 0) {
            throw new IllegalArgumentException(
                    "A bulkhead lets at least 1 in and 0 wait, was given " + limit + " and " + queue);
        }
        if (maxWait.isNegative()) {
            throw new IllegalArgumentException("maxWait must not be negative, was " + maxWait);
        }
    }

    /** On each server by itself; a call waits for a minute at most. */
    public static Bulkhead of(int limit, int queue) {
        return new Bulkhead(limit, queue, USUAL_WAIT, false, "");
    }

    public Bulkhead maxWait(Duration longest) {
        return new Bulkhead(limit, queue, longest, isShared, name);
    }

    /** The servers count together. */
    public Bulkhead acrossServers() {
        return new Bulkhead(limit, queue, maxWait, true, name);
    }

    /** Counted with everything of this name. */
    public Bulkhead named(String shared) {
        return new Bulkhead(limit, queue, maxWait, isShared, shared);
    }
}
