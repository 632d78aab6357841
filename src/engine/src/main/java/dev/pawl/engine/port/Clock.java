package dev.pawl.engine.port;

import java.time.Instant;

/** The one clock that due times compare on: that of the database, as far as this process knows it. */
public interface Clock {
    Instant now();
}
