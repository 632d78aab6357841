package dev.pawl.testkit;

import dev.pawl.engine.port.Later;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;

/** Keeps actions until a test moves the clock to where they are due, and does them on the test's thread. */
public final class ManualLater implements Later {

    private record Due(Instant at, long number, Runnable action) {}

    private final ManualClock clock;
    private final PriorityQueue<Due> waiting =
            new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::number));
    private long last;

    public ManualLater(ManualClock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void after(Duration delay, Runnable action) {
        waiting.add(new Due(clock.now().plus(delay), ++last, action));
    }

    /** How many actions wait. */
    public synchronized int waiting() {
        return waiting.size();
    }

    /** Moves the clock on and does on the way what becomes due, also what that puts off in turn. */
    public void advance(Duration by) {
        Instant end = clock.now().plus(by);
        for (Optional<Due> next = take(end); next.isPresent(); next = take(end)) {
            clock.set(next.get().at());
            next.get().action().run();
        }
        clock.set(end);
    }

    private synchronized Optional<Due> take(Instant until) {
        Due next = waiting.peek();
        return next == null || next.at().isAfter(until) ? Optional.empty() : Optional.of(waiting.remove());
    }
}
