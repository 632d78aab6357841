package dev.pawl.manifest.time;

import dev.pawl.manifest.ir.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a schedule fires. A schedule that could not fire for a while fires once for all the times it missed, at the last of
 * them.
 */
public final class DueTimes {
    private final Optional<CronTimes> cron;
    private final Duration interval;

    /** @throws IllegalArgumentException when the trigger is none, saying why */
    public DueTimes(Schedule.Trigger trigger) {
        String expression = trigger.cron();
        Double millis = trigger.durationMs();
        if (expression != null) {
            this.cron = Optional.of(CronTimes.of(expression));
            this.interval = Duration.ZERO;
        } else if (millis != null && millis >= 1) {
            this.cron = Optional.empty();
            this.interval = Duration.ofMillis(millis.longValue());
        } else {
            throw new IllegalArgumentException(
                    "a schedule needs a cron expression or an interval of a millisecond at least");
        }
    }

    /** The time to fire for now, when the schedule has fired last, or was first seen, at another one; empty when it is early. */
    public Optional<Instant> due(Instant last, Instant now) {
        Optional<Instant> due = cron.isPresent() ? cron.get().lastUntil(now) : Optional.of(lastInterval(last, now));
        return due.filter(time -> time.isAfter(last));
    }

    /** When it is worth looking again. */
    public Optional<Instant> next(Instant last) {
        return cron.isPresent() ? cron.get().firstAfter(last) : Optional.of(last.plus(interval));
    }

    private Instant lastInterval(Instant last, Instant now) {
        long passed = Math.max(0, Duration.between(last, now).toMillis() / interval.toMillis());
        return last.plus(interval.multipliedBy(passed));
    }
}
