package dev.pawl.engine.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Says when a silent stream has to show that it is still there. */
final class Breath {

    private final Duration every;
    private @Nullable Instant silentSince;
    private boolean due;

    Breath(Duration every) {
        this.every = every;
    }

    /** Whether it has just become due. */
    synchronized boolean tick(Instant now) {
        if (silentSince == null) {
            silentSince = now;
        }
        boolean becomes = !due && !silentSince.plus(every).isAfter(now);
        due |= becomes;
        return becomes;
    }

    /** Whether it is due, these messages notwithstanding; from here on silence is counted anew when there is a message. */
    synchronized boolean isDue(Collection<Frame> messages) {
        boolean take = due && messages.isEmpty();
        if (take || !messages.isEmpty()) {
            due = false;
            silentSince = null;
        }
        return take;
    }
}
