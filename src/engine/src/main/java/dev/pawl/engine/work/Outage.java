package dev.pawl.engine.work;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of something the engine needs that is away: in one line when that begins, in one a minute while it lasts, in one when
 * it is over. Many threads notice it at once and again and again; none of them has to say so.
 */
public final class Outage {

    private static final long AGAIN_NANOS = TimeUnit.MINUTES.toNanos(1);

    /** Right after it went away something may still succeed. */
    private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Spell(long since, long told, long last, int failures) {}

    private final String what;
    private final LongSupplier nanos;
    private final Logger log;
    private volatile @Nullable Spell spell;
    private volatile @Nullable Long lastFailure;

    /**
     * An outage that has not begun.
     *
     * @param what as it stands in the log, with an article
     * @param nanos as {@link System#nanoTime}
     */
    public Outage(String what, LongSupplier nanos) {
        this(what, nanos, LoggerFactory.getLogger(Outage.class));
    }

    /** @param log where it is told */
    public Outage(String what, LongSupplier nanos, Logger log) {
        this.what = what;
        this.nanos = nanos;
        this.log = log;
    }

    /** Something was in vain because of it. */
    public synchronized void noticed(Throwable failure) {
        long now = nanos.getAsLong();
        lastFailure = now;
        Spell before = spell;
        if (before == null) {
            log.warn("{} is away; what needs it is repeated until it is back: {}", what, rootOf(failure));
            spell = new Spell(now, now, now, 1);
        } else {
            boolean again = now - before.told() >= AGAIN_NANOS;
            if (again) {
                log.warn(
                        "{} has been away for {} s, in which {} attempts failed: {}",
                        what,
                        TimeUnit.NANOSECONDS.toSeconds(now - before.since()),
                        before.failures() + 1,
                        rootOf(failure));
            }
            spell = new Spell(before.since(), again ? now : before.told(), now, before.failures() + 1);
        }
        log.debug("{} is away", what, failure);
    }

    /** Something worked. Costs next to nothing while nothing is amiss. */
    public void worked() {
        if (spell != null) {
            end();
        }
    }

    private synchronized void end() {
        Spell over = spell;
        long now = nanos.getAsLong();
        if (over != null && now - over.last() >= CALM_NANOS) {
            spell = null;
            log.info(
                    "{} is back after {} s, in which {} attempts failed",
                    what,
                    TimeUnit.NANOSECONDS.toSeconds(now - over.since()),
                    over.failures());
            notifyAll();
        }
    }

    /** Whether nothing has been in vain for this long. */
    public boolean isPast(Duration calm) {
        Long last = lastFailure;
        return last == null || nanos.getAsLong() - last >= calm.toNanos();
    }

    /** Returns when it is over, or after this time, or when the thread is interrupted. */
    public synchronized void awaitEnd(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            long left = patience.toNanos();
            while (spell != null && left > 0) {
                wait(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
                left = end - System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String rootOf(Throwable failure) {
        Throwable root = failure;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return String.valueOf(root).replaceAll("\\s+", " ");
    }
}
