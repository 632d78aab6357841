package dev.pawl.engine.work;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets what arrives at the same time be written in one transaction. A thread that finds a free desk writes its own item and
 * all that wait with it; an item that comes alone is written at once. While others write, a further desk is taken only for as many
 * items as they write together, so that transactions are few and about the same size; but nobody waits for long where a desk is
 * free. What waits is written by whoever frees a desk. A desk whose transaction takes long, because it waits for a row that
 * somebody else keeps locked, is given up by those who wait, and another takes its place: they do not wait for that row.
 */
final class SharedDesk<T> {

    private static final Logger LOG = LoggerFactory.getLogger(SharedDesk.class);
    private static final Duration PATIENCE = Duration.ofMillis(250);

    /** How long a transaction takes at most when nothing holds it up. Others do not wait any longer for being written together. */
    private static final Duration SOON = Duration.ofMillis(20);

    private final Executor executor;
    private final int together;
    private final Consumer<List<T>> write;
    private final Semaphore desks;
    private final Queue<T> queue = new ConcurrentLinkedQueue<>();
    private final Set<Writing> writings = ConcurrentHashMap.newKeySet();
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * @param together the most items of one transaction
     * @param desks transactions at the same time, without those that take long
     * @param write writes at least one item, answers whoever waits for it, and throws nothing
     */
    SharedDesk(Executor executor, int together, int desks, Consumer<List<T>> write) {
        this.executor = executor;
        this.together = together;
        this.write = write;
        this.desks = new Semaphore(desks);
    }

    /** A desk that is taken. Whoever frees it, because it is done or takes too long, does so once. */
    private record Writing(long since, int items, AtomicBoolean freed) {}

    /** Returns soon; the item is written by then, or will be. */
    void add(T item) {
        queue.add(item);
        waiting.incrementAndGet();
        if (takeDesk()) {
            writeAtDesk();
            if (isWorthWhile()) {
                serveElsewhere();
            }
        }
    }

    /** Whoever frees a desk asks again, and whoever waits, so that what is not worth while now will be. */
    private boolean isWorthWhile() {
        int some = waiting.get();
        return some > 0 && some >= beingWritten();
    }

    private int beingWritten() {
        long now = System.nanoTime();
        int items = 0;
        for (Writing writing : writings) {
            items += now - writing.since() < SOON.toNanos() ? writing.items() : 0;
        }
        return items;
    }

    private boolean takeDesk() {
        return isWorthWhile() && desks.tryAcquire();
    }

    /** Waits for the answer to an item; what it failed with is thrown as it was. */
    <R> R await(CompletableFuture<R> answer) {
        boolean interrupted = false;
        Duration pause = SOON;
        try {
            while (true) {
                try {
                    return answer.get(pause.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    pause = PATIENCE;
                    giveUpSlowDesks();
                    serve();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new CompletionException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void giveUpSlowDesks() {
        if (waiting.get() == 0) {
            return;
        }
        long now = System.nanoTime();
        for (Writing writing : writings) {
            if (now - writing.since() > PATIENCE.toNanos()) {
                free(writing);
            }
        }
    }

    private void free(Writing writing) {
        if (writing.freed().compareAndSet(false, true)) {
            desks.release();
        }
    }

    /** A server that goes down takes no new task: what waits is written here then, and the own item stays answered. */
    private void serveElsewhere() {
        try {
            executor.execute(this::serve);
        } catch (RejectedExecutionException e) {
            LOG.debug("There is no thread for what waits to be written; it is written here", e);
            serve();
        }
    }

    /** Whoever frees a desk looks at the queue afterwards, so that nothing is left behind. */
    private void serve() {
        while (takeDesk()) {
            writeAtDesk();
        }
    }

    private void writeAtDesk() {
        List<T> batch = next();
        Writing own = new Writing(System.nanoTime(), batch.size(), new AtomicBoolean());
        writings.add(own);
        try {
            if (!batch.isEmpty()) {
                write.accept(batch);
            }
        } finally {
            writings.remove(own);
            free(own);
        }
    }

    private List<T> next() {
        List<T> batch = new ArrayList<>();
        T next = queue.poll();
        while (next != null) {
            batch.add(next);
            next = batch.size() < together ? queue.poll() : null;
        }
        waiting.addAndGet(-batch.size());
        return batch;
    }
}
