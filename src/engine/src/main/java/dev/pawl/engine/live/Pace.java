package dev.pawl.engine.live;

import dev.pawl.engine.port.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Notices how long it takes somebody to take what a stream has for him. */
final class Pace {

    private final Clock clock;
    private final Duration patience;
    private @Nullable Instant since;

    Pace(Clock clock, Duration patience) {
        this.clock = clock;
        this.patience = patience;
    }

    /** Messages are handed over, or there are none. */
    void hand(boolean messages) {
        since = messages ? clock.now() : null;
    }

    /** Whether what was handed over last has taken longer than the server's patience. */
    boolean isTooSlow() {
        return since != null && since.plus(patience).isBefore(clock.now());
    }
}
