package dev.pawl.samples.document;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** The moment by which a fetch must be over. */
final class Deadline {

    private final Duration allowed;
    private final long end;

    private Deadline(Duration allowed) {
        this.allowed = allowed;
        this.end = System.nanoTime() + allowed.toNanos();
    }

    static Deadline in(Duration allowed) {
        return new Deadline(allowed);
    }

    /**
     * What is left, in milliseconds, at least 1 (a socket takes 0 for "for ever").
     *
     * @throws SocketTimeoutException when nothing is left
     */
    int remainingMillis() throws SocketTimeoutException {
        long nanos = end - System.nanoTime();
        if (nanos <= 0) {
            throw new SocketTimeoutException("The document did not arrive within " + allowed.toMillis() + " ms");
        }
        return (int) Math.min(Integer.MAX_VALUE, nanos / 1_000_000 + 1);
    }
}
