package dev.pawl.manifest.runtime;

import dev.pawl.manifest.ir.Retry;
import java.time.Duration;

/** How long a command waits before it is tried again, as its program declares. */
record RetryDelays(Retry declared) {
    private static final double LONGEST_MILLIS = Duration.ofDays(1).toMillis();

    /**
     * The pause after a failed attempt.
     *
     * @param attempt the first one is 1
     * @param random from 0 to 1; with jitter, the part of the pause that is waited
     */
    Duration after(int attempt, double random) {
        double factor =
                switch (declared.backoff()) {
                    case FIXED -> 1;
                    case LINEAR -> attempt;
                    case EXPONENTIAL -> Math.pow(2, attempt - 1);
                };
        double cap = declared.maxDelayMs() == null ? LONGEST_MILLIS : declared.maxDelayMs();
        double millis = Math.max(0, Math.min(Math.min(declared.delayMs() * factor, cap), LONGEST_MILLIS));
        return Duration.ofMillis((long) (Boolean.TRUE.equals(declared.jitter()) ? millis * random : millis));
    }
}
