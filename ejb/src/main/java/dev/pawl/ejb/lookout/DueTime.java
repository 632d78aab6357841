package dev.pawl.ejb.lookout;

import dev.pawl.engine.port.StoreUnavailableException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something when the earliest of many times has come. While that brings the earliest time forward, more may be due, so
 * it asks for another look soon. Where it stays the same, what was begun may not be done yet, so it asks again, each time after
 * twice the pause; in the end nobody can do anything about it now, and the next regular look is soon enough. What goes on is
 * not begun a second time.
 */
final class DueTime implements Watch {

    private static final Logger LOG = LoggerFactory.getLogger(DueTime.class);
    private static final int NANO_DIGITS = 9;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(640);

    private final String question;
    private final Runnable action;
    private final Executor executor;
    private final AtomicBoolean goesOn = new AtomicBoolean();
    private final AtomicReference<@Nullable Instant> earliest = new AtomicReference<>();
    private volatile Duration pause = FIRST_PAUSE;

    /** @param question for the earliest time, in seconds since 1970; no row when there is nothing to wait for */
    DueTime(String question, Runnable action, Executor executor) {
        this.question = question;
        this.action = action;
        this.executor = executor;
    }

    @Override
    public String question() {
        return question;
    }

    @Override
    public Optional<Instant> told(@Nullable BigDecimal answer, Instant now) {
        if (answer == null) {
            earliest.set(null);
            return Optional.empty();
        }
        Instant due = Instant.EPOCH.plusNanos(answer.movePointRight(NANO_DIGITS).longValue());
        boolean moved = !due.equals(earliest.getAndSet(due));
        if (due.isAfter(now)) {
            return Optional.of(due);
        }
        begin();
        if (moved) {
            pause = FIRST_PAUSE;
        } else if (isShort()) {
            pause = pause.multipliedBy(2);
        }
        return isShort() ? Optional.of(now.plus(pause)) : Optional.empty();
    }

    private boolean isShort() {
        return pause.compareTo(LONGEST_PAUSE) <= 0;
    }

    private void begin() {
        if (goesOn.compareAndSet(false, true)) {
            try {
                executor.execute(this::act);
            } catch (RejectedExecutionException e) {
                goesOn.set(false);
                LOG.debug("There is no thread; the next look comes", e);
            }
        }
    }

    private void act() {
        try {
            action.run();
        } catch (StoreUnavailableException e) {
            LOG.debug("The next look comes", e);
        } catch (RuntimeException e) {
            LOG.warn("What was due could not be done; the next look comes", e);
        } finally {
            goesOn.set(false);
        }
    }
}
