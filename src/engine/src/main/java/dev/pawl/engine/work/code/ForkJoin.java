package dev.pawl.engine.work.code;

import dev.pawl.api.Branch;
import dev.pawl.api.BranchFailedException;
import dev.pawl.api.Fork;
import dev.pawl.api.NonRetryableException;
import dev.pawl.api.ParallelOptions;
import dev.pawl.api.Promise;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.CheckpointKind;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.StepStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Branches of a fork, and what becomes of the fork when they have ended or wait. */
final class ForkJoin implements Fork {

    private final BranchCursor parent;
    private final CodeRun run;
    private final Checkpoint entry;
    private final ParallelOptions options;
    private final List<Integer> order;
    private final String path;
    private final Map<String, Task<?>> tasks = new LinkedHashMap<>();

    private @Nullable BranchRace race;
    private volatile @Nullable Task<?> failed;
    private volatile boolean failsFast;

    /** A fork at its place, to be given branches. */
    static ForkJoin begin(BranchCursor parent, String name, ParallelOptions options) {
        BranchCursor.Call call = parent.next(CheckpointKind.FORK, name);
        if (call.isNew()) {
            parent.codeRun().recorder().add(call.entry());
        }
        return new ForkJoin(parent, call.entry(), options, parent.orderBelow());
    }

    /** @param order the fork's place in the method */
    private ForkJoin(BranchCursor parent, Checkpoint entry, ParallelOptions options, List<Integer> order) {
        this.parent = parent;
        this.run = parent.codeRun();
        this.entry = entry;
        this.options = options;
        this.order = order;
        this.path = parent.below(entry.name() + "#" + entry.occurrence());
    }

    @Override
    public <T extends @Nullable Object> Promise<T> branch(String name, Branch<T> code) {
        if (race != null) {
            throw misused("gets a branch '" + name + "' after its join");
        }
        Task<T> task = new Task<>(Paths.name(name), tasks.size(), code);
        if (tasks.putIfAbsent(name, task) != null) {
            throw misused("has two branches with the name '" + name + "'");
        }
        return task;
    }

    @Override
    public void join() {
        failsFast = true;
        runBranches();
        endFailedFast();
        endSuspended();
        complete();
    }

    @Override
    public void joinAll() {
        runBranches();
        endSuspended();
        complete();
    }

    private NonRetryableException misused(String what) {
        return new NonRetryableException("FORK_MISUSED", "Fork '" + path + "' of run " + run.id() + " " + what);
    }

    private Checkpoint recorded() {
        return run.journal().get(entry.ordinal());
    }

    private void runBranches() {
        if (race != null) {
            throw misused("is joined twice");
        }
        race = new BranchRace(tasks.values(), options.atMost());
        parent.flushIfWanted();
        parent.occupy("fork '" + path + "'");
        try {
            race.run(run.executor());
        } finally {
            parent.occupy(null);
        }
        Optional<Leave> end = run.end();
        if (end.isPresent()) {
            throw parent.leave(end.get());
        }
        if (tasks.values().stream().anyMatch(Task::isCancelled)) {
            throw parent.leave(new Leave.Stopped(Leave.Stopped.CANCEL));
        }
    }

    private void endFailedFast() {
        Checkpoint known = recorded();
        Task<?> first = failed;
        if (known.status() == StepStatus.FAILED) {
            Failure failure = known.failure();
            first = failure == null ? null : tasks.get(String.valueOf(failure.stage()));
            if (first == null || first.failure().isEmpty()) {
                throw parent.leave(
                        run.leaveAll(new Leave.Mismatch("Run " + run.id() + " has recorded that fork '" + path
                                + "' failed with branch '" + (failure == null ? "" : failure.stage())
                                + "', which does not fail now. " + Mismatches.REMEDY)));
            }
            parent.passed(known, true);
            throw first.asException();
        }
        if (first != null) {
            Instant now = run.now();
            run.journal().openBelow(path).forEach(open -> run.recorder().add(open.cancelled(now)));
            BranchFailedException thrown = first.asException();
            Checkpoint ended =
                    known.failed(new Failure("BRANCH_FAILED", String.valueOf(thrown.getMessage()), first.name), now);
            parent.passed(ended, true);
            parent.write(ended);
            throw thrown;
        }
    }

    private void endSuspended() {
        if (tasks.values().stream().anyMatch(task -> task.left instanceof Leave.Stopped)) {
            throw parent.leave(new Leave.Stopped(Leave.Stopped.BRANCH));
        }
        boolean ended = tasks.values().stream().allMatch(task -> task.ended);
        if (!ended) {
            throw parent.leave(new Leave.Suspended("fork '" + path + "'"));
        }
    }

    private void complete() {
        Checkpoint known = recorded();
        if (known.isOpen()) {
            known = known.completed(null, run.now());
            run.recorder().add(known);
            parent.passed(known, false);
        } else {
            parent.passed(known, true);
        }
    }

    /** A branch has failed: those beside it stop. */
    private synchronized void fail(Task<?> task) {
        if (failed == null) {
            failed = task;
            if (race != null) {
                race.startNoMore();
            }
            run.stopBranch(path, new Leave.Stopped(Leave.Stopped.BRANCH));
        }
    }

    private Optional<Leave.Stopped> stop() {
        boolean hasFailed = failsFast && (failed != null || recorded().status() == StepStatus.FAILED);
        return hasFailed
                ? Optional.of(new Leave.Stopped(Leave.Stopped.BRANCH))
                : parent.stopOfFork().get();
    }

    /** A branch, and, once the fork is joined, its result. */
    final class Task<T extends @Nullable Object> implements Promise<T>, Runnable {
        private final String name;
        private final int number;
        private final Branch<T> code;
        private @Nullable T value;
        private @Nullable Exception failure;
        private volatile @Nullable Leave left;
        private volatile boolean ended;

        Task(String name, int number, Branch<T> code) {
            this.name = name;
            this.number = number;
            this.code = code;
        }

        @Override
        public void run() {
            BranchCursor cursor = new BranchCursor(
                    run,
                    path + "/" + name,
                    CodeRun.key(order, number),
                    parent.latest(),
                    parent.isShielded(),
                    ForkJoin.this::stop);
            Optional<BranchCursor> before = run.enter(cursor);
            try {
                value = code.run(new BranchContext(cursor));
                cursor.finish();
                left = cursor.left().orElse(null);
                ended = left == null;
            } catch (Leave e) {
                left = e;
            } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
                threw(cursor, e);
            } finally {
                run.exit(before);
                if (!ended && left == null) {
                    left = run.leaveAll(new Leave.Lost("the thread of branch '" + path + "/" + name + "' has died"));
                }
            }
        }

        private void threw(BranchCursor cursor, Throwable thrown) {
            try {
                cursor.finish();
            } catch (Leave e) {
                left = e;
                return;
            }
            left = cursor.left().orElse(null);
            if (left == null) {
                failure = thrown instanceof Exception exception ? exception : new ExecutionException(thrown);
                ended = true;
                if (failsFast) {
                    fail(this);
                }
            }
        }

        /** Whether it waits, and so keeps its place among those that may go on at the same time. */
        boolean isWaiting() {
            return left instanceof Leave.Suspended;
        }

        boolean isCancelled() {
            return left instanceof Leave.Stopped stopped && stopped.isCancel();
        }

        BranchFailedException asException() {
            Exception cause = failure;
            return new BranchFailedException(
                    name, cause == null ? new IllegalStateException("branch '" + name + "' did not fail") : cause);
        }

        @Override
        public T get() {
            requireEnded();
            if (failure != null) {
                throw asException();
            }
            return value;
        }

        @Override
        public Optional<Exception> failure() {
            requireEnded();
            return Optional.ofNullable(failure);
        }

        private void requireEnded() {
            if (!ended) {
                throw new IllegalStateException("Branch '" + name + "' has no result: its fork is not joined");
            }
        }
    }
}
