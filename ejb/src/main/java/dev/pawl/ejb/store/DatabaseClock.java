package dev.pawl.ejb.store;

import dev.pawl.engine.port.MovableClock;
import dev.pawl.engine.port.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database's time without asking the database each time: asked now and then, counted on by this process's own steady
 * counter in between. Never goes back, so that what follows is never dated before what it follows.
 */
public final class DatabaseClock implements MovableClock {

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);
    private static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(10);

    private record Reading(Instant databaseTime, long counter) {}

    private final Supplier<Instant> database;
    private final Executor executor;
    private final LongSupplier counter;
    private final AtomicReference<Duration> offset;
    private final boolean movable;
    private final AtomicReference<@Nullable Reading> latest = new AtomicReference<>();
    private final AtomicReference<Instant> lastTold = new AtomicReference<>(Instant.MIN);
    private final AtomicBoolean asking = new AtomicBoolean();

    /**
     * A clock over the database's time.
     *
     * @param database asks the database; called on the executor, never in a caller's transaction
     * @param offset added to the database's time; only tests have another one than zero
     * @param movable whether the offset may grow
     * @param counter nanoseconds that only ever grow, as {@link System#nanoTime}
     */
    public DatabaseClock(
            Supplier<Instant> database, Executor executor, Duration offset, boolean movable, LongSupplier counter) {
        this.database = database;
        this.executor = executor;
        this.offset = new AtomicReference<>(offset);
        this.movable = movable;
        this.counter = counter;
    }

    @Override
    public Instant now() {
        Reading reading = latest.get();
        if (reading == null) {
            CompletableFuture.runAsync(this::ask, executor).join();
            reading = Objects.requireNonNull(latest.get());
        }
        long elapsed = counter.getAsLong() - reading.counter();
        if (elapsed > ASK_AGAIN_AFTER.toNanos() && asking.compareAndSet(false, true)) {
            askSoon();
        }
        Instant now =
                reading.databaseTime().plusNanos(elapsed).plus(offset.get()).truncatedTo(ChronoUnit.MICROS);
        return lastTold.accumulateAndGet(now, (told, next) -> next.isAfter(told) ? next : told);
    }

    @Override
    public boolean isMovable() {
        return movable;
    }

    @Override
    public Instant advance(Duration by) {
        if (!movable || by.isNegative()) {
            throw new IllegalStateException("This clock does not move by " + by);
        }
        offset.accumulateAndGet(by, Duration::plus);
        return now();
    }

    /** A server that goes down takes no new task, and counts on for the moments that are left. */
    private void askSoon() {
        try {
            executor.execute(this::askAgain);
        } catch (RejectedExecutionException e) {
            LOG.debug("The database is not asked for its time any more", e);
            asking.set(false);
        }
    }

    /** A failure is told and leaves the counter to go on; the next look asks again. */
    private void askAgain() {
        try {
            ask();
        } catch (StoreUnavailableException e) {
            LOG.debug("This server counts on by itself", e);
        } catch (RuntimeException e) {
            LOG.warn("The database did not tell its time; this server counts on by itself", e);
        } finally {
            asking.set(false);
        }
    }

    /** The answer was true somewhere between question and answer; the middle is the best guess. */
    private void ask() {
        long before = counter.getAsLong();
        Instant answer = database.get();
        long after = counter.getAsLong();
        latest.set(new Reading(answer, before + (after - before) / 2));
    }
}
