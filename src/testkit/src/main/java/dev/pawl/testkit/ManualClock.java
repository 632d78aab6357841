package dev.pawl.testkit;

import dev.pawl.engine.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until a test moves it. */
public final class ManualClock implements Clock {

    private final AtomicReference<Instant> now;

    public ManualClock() {
        this(Instant.parse("2026-01-01T00:00:00Z"));
    }

    public ManualClock(Instant start) {
        this.now = new AtomicReference<>(start);
    }

    @Override
    public Instant now() {
        return now.get();
    }

    public Instant advance(Duration by) {
        return now.updateAndGet(before -> before.plus(by));
    }

    public void set(Instant to) {
        now.set(to);
    }
}
