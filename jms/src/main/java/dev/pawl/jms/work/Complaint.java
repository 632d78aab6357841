package dev.pawl.jms.work;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Says whether it is time to complain again about what keeps going wrong. */
final class Complaint {

    private final long everyNanos;
    private final LongSupplier nanos;
    private final AtomicLong next;

    Complaint(Duration every, LongSupplier nanos) {
        this.everyNanos = every.toNanos();
        this.nanos = nanos;
        this.next = new AtomicLong(nanos.getAsLong());
    }

    /** True at the first call, and at the first one after each interval. */
    boolean isDue() {
        long now = nanos.getAsLong();
        long due = next.get();
        return now - due >= 0 && next.compareAndSet(due, now + everyNanos);
    }
}
