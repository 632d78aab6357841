package dev.pawl.manifest.runtime.port;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Counts requests in sliding windows. */
public interface RateLimitStore {
    /**
     * Takes one request of the limit. Empty when it was granted; otherwise how long until the oldest request of the
     * window leaves it, and nothing is taken.
     */
    Optional<Duration> take(String key, int limit, Duration window, Instant now);
}
