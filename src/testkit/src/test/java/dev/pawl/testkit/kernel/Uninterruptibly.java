package dev.pawl.testkit.kernel;

import java.util.concurrent.CountDownLatch;

/** User code that does not care about being interrupted. */
final class Uninterruptibly {

    private Uninterruptibly() {}

    static void await(CountDownLatch latch) {
        boolean interrupted = true;
        while (interrupted) {
            try {
                latch.await();
                interrupted = false;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }
}
