package dev.pawl.manifest.runtime.memory;

import dev.pawl.manifest.runtime.port.RateLimitStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The times of the granted requests per key. A request counts even when its command fails afterwards. */
final class InMemoryRateLimitStore implements RateLimitStore {
    private final Map<String, Deque<Instant>> granted = new HashMap<>();

    @Override
    public Optional<Duration> take(String key, int limit, Duration window, Instant now) {
        Deque<Instant> times = granted.computeIfAbsent(key, none -> new ArrayDeque<>());
        Instant start = now.minus(window);
        while (!times.isEmpty() && !times.getFirst().isAfter(start)) {
            times.removeFirst();
        }
        if (times.size() < limit) {
            times.addLast(now);
            return Optional.empty();
        }
        return Optional.of(
                times.isEmpty()
                        ? window
                        : Duration.between(now, times.getFirst().plus(window)));
    }
}
