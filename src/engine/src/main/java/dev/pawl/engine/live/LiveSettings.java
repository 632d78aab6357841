package dev.pawl.engine.live;

import java.time.Duration;

/**
 * How this server serves streams.
 *
 * @param most streams at the same time
 * @param buffer appends kept for a stream that is busy; beyond that it reads them again
 * @param patience how long a client may take for what it was sent; one that is slower while the buffer overflows is dropped
 * @param lookEvery how often the database is asked, while anybody listens, for what happened on other servers
 * @param breathEvery how often a silent stream shows that it is still there
 */
public record LiveSettings(int most, int buffer, Duration patience, Duration lookEvery, Duration breathEvery) {

    public static final LiveSettings DEFAULT =
            new LiveSettings(1_000, 1_000, Duration.ofSeconds(10), Duration.ofMillis(500), Duration.ofSeconds(15));

    public LiveSettings {
        if (most < 0
                || buffer < 1
                || patience.isNegative()
                || lookEvery.isNegative()
                || lookEvery.isZero()
                || breathEvery.isNegative()) {
            throw new IllegalArgumentException("streams: at least none, with a buffer of at least one message and"
                    + " intervals greater than zero, were " + most + ", " + buffer + ", " + patience + ", " + lookEvery
                    + ", " + breathEvery);
        }
    }
}
