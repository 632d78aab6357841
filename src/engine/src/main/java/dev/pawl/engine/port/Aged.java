package dev.pawl.engine.port;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Something kept outside of runs that retention removes by its age: each store of such things has one of these. */
public interface Aged {

    /** What it is, in the plural, for the log. */
    String what();

    /** How long it is kept; absent for ever. */
    Optional<Duration> age();

    /** Removes at most {@code most} pieces that ended before a time and answers how many; fewer than that: no more are old. */
    int remove(Instant before, int most);
}
