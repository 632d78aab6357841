package dev.pawl.engine.work.code;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs branches on this thread and on as many others as can be had. The joining thread takes part, so the branches come to
 * their ends even when no other thread is free.
 */
final class BranchRace {

    private static final Logger LOG = LoggerFactory.getLogger(BranchRace.class);
    private static final int MOST_HELPERS = 15;

    private final Deque<ForkJoin.Task<?>> notBegun;
    private final int atMost;
    private int begun;
    private int running;

    /** @param atMost branches that have begun and not ended, waiting ones included; 0 for all */
    BranchRace(Collection<? extends ForkJoin.Task<?>> tasks, int atMost) {
        this.notBegun = new ArrayDeque<>(tasks);
        this.atMost = atMost == 0 ? Integer.MAX_VALUE : atMost;
    }

    /** Returns when no branch runs and none may begin. */
    void run(Executor executor) {
        int helpers = Math.min(MOST_HELPERS, Math.min(notBegun.size(), atMost) - 1);
        for (int i = 0; i < helpers; i++) {
            try {
                executor.execute(this::takePart);
            } catch (RejectedExecutionException e) {
                LOG.debug("There is no further thread for the branches of a fork", e);
                break;
            }
        }
        takePart();
        awaitOthers();
    }

    /** Branches that have not begun stay out. */
    synchronized void startNoMore() {
        notBegun.clear();
    }

    private void takePart() {
        for (ForkJoin.Task<?> task = begin(); task != null; task = begin()) {
            try {
                task.run();
            } finally {
                end(task);
            }
        }
    }

    private synchronized ForkJoin.@Nullable Task<?> begin() {
        if (begun >= atMost || notBegun.isEmpty()) {
            return null;
        }
        begun++;
        running++;
        return notBegun.poll();
    }

    private synchronized void end(ForkJoin.Task<?> task) {
        running--;
        if (!task.isWaiting()) {
            begun--;
        }
        notifyAll();
    }

    /** An interrupt is meant for a step, and kept for whoever comes next. */
    private synchronized void awaitOthers() {
        boolean interrupted = false;
        while (running > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
