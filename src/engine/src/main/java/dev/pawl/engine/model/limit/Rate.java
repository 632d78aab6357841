package dev.pawl.engine.model.limit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** So many tokens come evenly in each period, and a bucket holds so many. */
public record Rate(int permits, Duration per, int burst) {

    /** How long one token takes to come. */
    Duration perToken() {
        return Duration.ofNanos(Math.max(1, per.toNanos() / permits));
    }

    String encoded() {
        return permits + "/" + per + "/" + burst;
    }

    static @Nullable Rate decode(String text) {
        if (text.isEmpty()) {
            return null;
        }
        String[] parts = text.split("/", 3);
        return new Rate(Integer.parseInt(parts[0]), Duration.parse(parts[1]), Integer.parseInt(parts[2]));
    }
}
