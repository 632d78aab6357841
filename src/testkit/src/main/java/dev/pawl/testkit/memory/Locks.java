package dev.pawl.testkit.memory;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Exclusive locks on keys, each held by one transaction until it ends. */
final class Locks {

    private final Map<Object, Object> holders = new HashMap<>();
    private final Map<Object, Object> waiting = new HashMap<>();

    synchronized boolean tryLock(Object transaction, Object key) {
        Object holder = holders.putIfAbsent(key, transaction);
        return holder == null || holder.equals(transaction);
    }

    /** Answers false when another transaction has held the key for all of this time. */
    synchronized boolean lock(Object transaction, Object key, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (!tryLock(transaction, key)) {
            waiting.put(transaction, key);
            try {
                refuseDeadlock(transaction);
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                wait(Math.max(1, left / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while waiting for a lock on " + key, e);
            } finally {
                waiting.remove(transaction);
            }
        }
        return true;
    }

    synchronized void releaseAll(Object transaction) {
        holders.values().removeIf(transaction::equals);
        notifyAll();
    }

    private void refuseDeadlock(Object transaction) {
        Set<Object> seen = new HashSet<>();
        @Nullable Object next = transaction;
        while (next != null && seen.add(next)) {
            Object wanted = waiting.get(next);
            next = wanted == null ? null : holders.get(wanted);
        }
        if (transaction.equals(next)) {
            throw new IllegalStateException("Deadlock: two transactions lock the same runs in different order");
        }
    }
}
