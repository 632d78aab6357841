package dev.pawl.engine.work;

import dev.pawl.engine.port.Clock;
import dev.pawl.engine.port.Later;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rings at the earliest of the times it was set to. One time is remembered, not many: whoever answers it looks what is due and
 * sets the next. Times close together share a ring.
 */
public final class Alarm {

    private static final Logger LOG = LoggerFactory.getLogger(Alarm.class);

    private final Clock clock;
    private final Later later;
    private final Duration horizon;
    private final Duration gap;
    private final Runnable ring;
    private final AtomicReference<@Nullable Instant> set = new AtomicReference<>();

    /**
     * An alarm that is not set.
     *
     * @param horizon times further away are left alone: somebody looks anyway before they come
     * @param gap between now and the next ring at least
     * @param ring called on a thread of {@code later}
     */
    public Alarm(Clock clock, Later later, Duration horizon, Duration gap, Runnable ring) {
        this.clock = clock;
        this.later = later;
        this.horizon = horizon;
        this.gap = gap;
        this.ring = ring;
    }

    /** Rings at this time, or soon when it is past, unless it rings before. */
    public void at(Instant due) {
        Instant now = clock.now();
        if (due.isAfter(now.plus(horizon))) {
            return;
        }
        Instant soonest = now.plus(gap);
        Instant time = due.isBefore(soonest) ? soonest : due;
        if (isEarlier(time, now)) {
            try {
                later.after(Duration.between(now, time), () -> ringFor(time));
            } catch (RejectedExecutionException e) {
                set.compareAndSet(time, null);
                LOG.debug("The server goes down; nothing rings any more", e);
            }
        }
    }

    /** A time that should have rung long ago, because the clock was moved or a thread was lost, keeps nobody away. */
    private boolean isEarlier(Instant time, Instant now) {
        Instant before = set.get();
        while (before == null || time.isBefore(before) || before.plus(horizon).isBefore(now)) {
            if (set.compareAndSet(before, time)) {
                return true;
            }
            before = set.get();
        }
        return false;
    }

    /** A time that an earlier one has replaced rings no more: the earlier ring led to a look. */
    private void ringFor(Instant time) {
        if (set.compareAndSet(time, null)) {
            ring.run();
        }
    }
}
