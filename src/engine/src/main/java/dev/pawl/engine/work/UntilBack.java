package dev.pawl.engine.work;

import dev.pawl.engine.port.StoreUnavailableException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Repeats what the database's absence prevents until it is back, however long that takes: nobody else can take over meanwhile
 * what waits for it here.
 */
final class UntilBack {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final BooleanSupplier givenUp;

    /** @param givenUp whether there is no more time to wait */
    UntilBack(BooleanSupplier givenUp) {
        this.givenUp = givenUp;
    }

    /** @throws StoreUnavailableException when it is given up, or this thread is interrupted */
    <T> T call(Supplier<T> work) {
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return work.get();
            } catch (StoreUnavailableException e) {
                if (givenUp.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LockSupport.parkNanos(pause.toNanos());
                pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }
}
