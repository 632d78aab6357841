package dev.pawl.testkit.kernel;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** Runs each task on a thread of its own and tells when none is left. */
final class IdleAwareExecutor implements Executor, AutoCloseable {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private int tasks;

    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            tasks++;
        }
        threads.execute(() -> {
            try {
                task.run();
            } finally {
                ended();
            }
        });
    }

    <T> Future<T> submit(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        execute(task);
        return task;
    }

    private synchronized void ended() {
        tasks--;
        notifyAll();
    }

    synchronized void awaitIdle(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        while (tasks > 0) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError(tasks + " tasks still run after " + atMost);
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
