package dev.pawl.peer;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** Clients within the engine's process. */
final class DriveRuns {

    private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(10);

    private final Peer peer;
    private final RunBook book;
    private final DataSource database;
    private List<Integer> queued = List.of();

    DriveRuns(Peer peer, RunBook book, DataSource database) {
        this.peer = peer;
        this.book = book;
        this.database = database;
    }

    /**
     * What was done.
     *
     * @param nanos from the first start to the last completion
     * @param times of each run, in nanoseconds
     * @param faults what is wrong with the runs, or nothing
     */
    record Done(long nanos, List<Long> times, List<String> faults) {}

    private record Timed(int run, long nanos) {}

    /** Clients that start runs, each waiting for the end of its run, until a time is over. */
    Done loop(int clients, long millis) throws Exception {
        long begin = System.nanoTime();
        long end = begin + TimeUnit.MILLISECONDS.toNanos(millis);
        List<Timed> all = together(clients, () -> {
            List<Timed> own = new ArrayList<>();
            while (System.nanoTime() < end) {
                int run = book.open();
                long started = System.nanoTime();
                peer.start(run);
                peer.await(run);
                own.add(new Timed(run, System.nanoTime() - started));
            }
            return own;
        });
        long nanos = System.nanoTime() - begin;
        awaitNoneOpen();
        return new Done(
                nanos,
                all.stream().map(Timed::nanos).toList(),
                book.close(all.stream().map(Timed::run).toList()));
    }

    /** Puts runs into the queue of workers that do not work. */
    Done queue(int clients, int runs) throws Exception {
        AtomicInteger left = new AtomicInteger(runs);
        long begin = System.nanoTime();
        queued = together(clients, () -> {
            List<Integer> own = new ArrayList<>();
            while (left.getAndDecrement() > 0) {
                int run = book.open();
                peer.queue(run);
                own.add(run);
            }
            return own;
        });
        return new Done(System.nanoTime() - begin, List.of(), List.of());
    }

    /** Lets workers work until all that was queued is complete. Times are those since they were ready to work. */
    Done drain() throws Exception {
        peer.startWorkers();
        long begin = System.nanoTime();
        for (int run : queued) {
            book.await(run);
        }
        awaitNoneOpen();
        long nanos = System.nanoTime() - begin;
        List<Long> times = queued.stream()
                .map(run -> Math.max(0, book.completedAt(run) - begin))
                .toList();
        List<String> faults = book.close(queued);
        queued = List.of();
        return new Done(nanos, times, faults);
    }

    private <T> List<T> together(int clients, Callable<List<T>> client) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<List<T>>> working = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                working.add(threads.submit(client));
            }
            List<T> all = new ArrayList<>();
            for (Future<List<T>> one : working) {
                all.addAll(one.get());
            }
            return all;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client failed: " + e.getCause(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** An engine may tell of a run's end a little before its last commit. */
    private void awaitNoneOpen() throws SQLException {
        long end = System.nanoTime() + PATIENCE;
        while (countOpen() > 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(countOpen() + " runs stay open");
            }
            LockSupport.parkNanos(LOOK_AGAIN);
        }
    }

    private long countOpen() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(peer.openRuns())) {
            row.next();
            return row.getLong(1);
        }
    }
}
