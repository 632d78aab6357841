package dev.pawl.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** What the steps of runs did: how often each was executed, and which runs are complete. */
public final class RunBook {

    public static final int STEPS = 3;

    private static final long PATIENCE_SECONDS = 120;

    private final AtomicInteger last = new AtomicInteger();
    private final Map<Integer, Page> pages = new ConcurrentHashMap<>();

    private static final class Page {
        private final AtomicIntegerArray executions = new AtomicIntegerArray(STEPS);
        private final AtomicInteger completions = new AtomicInteger();
        private final CountDownLatch completed = new CountDownLatch(1);
        private volatile long completedAt;
    }

    /** The number of a new run. */
    int open() {
        int run = last.incrementAndGet();
        pages.put(run, new Page());
        return run;
    }

    /** A step is executed; steps are counted from zero. */
    public void step(int run, int step) {
        pages.get(run).executions.incrementAndGet(step);
    }

    /** A run is complete. */
    public void completed(int run) {
        Page page = pages.get(run);
        if (page.completions.incrementAndGet() == 1) {
            page.completedAt = System.nanoTime();
            page.completed.countDown();
        }
    }

    /** Returns once the run is complete. */
    public void await(int run) throws InterruptedException {
        if (!pages.get(run).completed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("run " + run + " is not complete after " + PATIENCE_SECONDS + " s");
        }
    }

    /** When it was, on the clock of {@link System#nanoTime}. */
    long completedAt(int run) {
        return pages.get(run).completedAt;
    }

    /** What is wrong with these runs, or nothing; they are forgotten. */
    List<String> close(List<Integer> runs) {
        List<String> faults = new ArrayList<>();
        for (int run : runs) {
            Page page = pages.remove(run);
            if (page == null) {
                faults.add("run " + run + " was started twice");
                continue;
            }
            for (int step = 0; step < STEPS; step++) {
                if (page.executions.get(step) != 1) {
                    faults.add("step " + step + " of run " + run + " was executed " + page.executions.get(step)
                            + " times");
                }
            }
            if (page.completions.get() != 1) {
                faults.add("run " + run + " was completed " + page.completions.get() + " times");
            }
        }
        return faults;
    }
}
