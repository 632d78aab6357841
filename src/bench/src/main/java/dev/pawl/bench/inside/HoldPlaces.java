package dev.pawl.bench.inside;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Steps that keep the places of a worker until they are told to end. */
final class HoldPlaces {

    private static volatile CountDownLatch begun = new CountDownLatch(0);
    private static volatile CountDownLatch released = new CountDownLatch(0);

    private HoldPlaces() {}

    static void begin(int places) {
        begun = new CountDownLatch(places);
        released = new CountDownLatch(1);
    }

    static void awaitAll() {
        await(begun, "not all places could be taken");
    }

    static void release() {
        released.countDown();
    }

    static void hold() {
        CountDownLatch end = released;
        begun.countDown();
        await(end, "a place was never given back");
    }

    private static void await(CountDownLatch latch, String otherwise) {
        try {
            if (!latch.await(10, TimeUnit.MINUTES)) {
                throw new IllegalStateException(otherwise);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(otherwise, e);
        }
    }
}
