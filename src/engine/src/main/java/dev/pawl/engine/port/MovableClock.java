package dev.pawl.engine.port;

import java.time.Duration;
import java.time.Instant;

/** A clock that tests move ahead, so that days can be tried in seconds. */
public interface MovableClock extends Clock {

    /** Whether the operator allows it; a server that does work never does. */
    boolean isMovable();

    /**
     * Answers the time there is afterwards.
     *
     * @throws IllegalStateException when the clock is not movable
     */
    Instant advance(Duration by);
}
