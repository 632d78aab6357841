package dev.pawl.engine.work.limit;

import dev.pawl.api.flow.Bulkhead;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A bulkhead of this server alone: calls that wait keep their threads, in order of coming. */
final class LocalBulkhead {

    /** How an entry ended. */
    enum Entry {
        IN,
        FULL,
        TIMEOUT
    }

    private final Semaphore places;
    private final AtomicInteger waiting = new AtomicInteger();

    LocalBulkhead(int limit) {
        this.places = new Semaphore(limit, true);
    }

    Entry enter(Bulkhead policy) throws InterruptedException {
        if (places.tryAcquire()) {
            return Entry.IN;
        }
        if (waiting.incrementAndGet() > policy.queue()) {
            waiting.decrementAndGet();
            return Entry.FULL;
        }
        try {
            return places.tryAcquire(policy.maxWait().toNanos(), TimeUnit.NANOSECONDS) ? Entry.IN : Entry.TIMEOUT;
        } finally {
            waiting.decrementAndGet();
        }
    }

    void leave() {
        places.release();
    }
}
