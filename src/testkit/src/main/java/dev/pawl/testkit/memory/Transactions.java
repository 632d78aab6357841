package dev.pawl.testkit.memory;

import dev.pawl.engine.port.AfterCommit;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Begins and ends transactions, each bound to the thread that began it. */
final class Transactions implements AfterCommit {

    private final ThreadLocal<@Nullable Transaction> bound = new ThreadLocal<>();
    private final Locks locks = new Locks();
    private final Duration patience;

    /** A statement sees all of a commit or nothing of it. */
    private final ReadWriteLock visibility = new ReentrantReadWriteLock();

    Transactions(Duration patience) {
        this.patience = patience;
    }

    /** Joins the transaction of this thread, or begins one and commits it unless the work throws. */
    <T> T inTransaction(Callable<T> work) throws Exception {
        if (bound.get() != null) {
            return work.call();
        }
        Transaction transaction = new Transaction();
        bound.set(transaction);
        T result;
        try {
            result = work.call();
            visibility.writeLock().lock();
            try {
                transaction.commit();
            } finally {
                visibility.writeLock().unlock();
            }
        } finally {
            bound.remove();
            locks.releaseAll(transaction);
        }
        transaction.runAfterCommit();
        return result;
    }

    /** Begins a transaction of its own, whatever there is around it. */
    <T> T inNewTransaction(Callable<T> work) throws Exception {
        Transaction outer = bound.get();
        bound.remove();
        try {
            return inTransaction(work);
        } finally {
            if (outer != null) {
                bound.set(outer);
            }
        }
    }

    <T> T statement(Supplier<T> statement) {
        visibility.readLock().lock();
        try {
            return statement.get();
        } finally {
            visibility.readLock().unlock();
        }
    }

    @Override
    public void run(Runnable action) {
        current().afterCommit(action);
    }

    Transaction current() {
        Transaction current = bound.get();
        if (current == null) {
            throw new IllegalStateException("There is no transaction around this call");
        }
        return current;
    }

    @Nullable
    Transaction currentOrNull() {
        return bound.get();
    }

    boolean tryLock(Object key) {
        return locks.tryLock(current(), key);
    }

    void lock(Object key) {
        if (!locks.lock(current(), key, patience)) {
            throw new IllegalStateException("Another transaction has held the lock on " + key + " for " + patience);
        }
    }

    boolean lock(Object key, Duration atMost) {
        return locks.lock(current(), key, atMost);
    }
}
