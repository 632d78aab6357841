package dev.pawl.manifest.runtime.port;

import java.time.Duration;

/** What lies between two attempts of a command whose program declares a retry. */
@FunctionalInterface
public interface RetryPauses {
    /** Returns when the pause is over. */
    void pause(FailedAttempt attempt);

    /**
     * A technical failure after which the command is tried again.
     *
     * @param command as in {@code Order.place}
     * @param number of the attempt, from 1
     * @param most attempts the program allows
     */
    record FailedAttempt(String command, int number, int most, Duration pause, RuntimeException failure) {}
}
