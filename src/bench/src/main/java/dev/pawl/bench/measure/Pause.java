package dev.pawl.bench.measure;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Nothing happens for a while. */
public final class Pause {

    private Pause() {}

    /** Returns after this time and not before, though a thread may be woken for no reason. */
    public static void of(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            if (Thread.interrupted()) {
                throw new IllegalStateException("interrupted while nothing happens");
            }
            LockSupport.parkNanos(left);
        }
    }
}
