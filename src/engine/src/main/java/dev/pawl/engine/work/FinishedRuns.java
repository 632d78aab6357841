package dev.pawl.engine.work;

import dev.pawl.engine.model.RunId;
import dev.pawl.engine.port.Clock;
import dev.pawl.engine.port.Later;
import dev.pawl.engine.port.StoreUnavailableException;
import dev.pawl.engine.query.RunEnd;
import dev.pawl.engine.query.RunQueries;
import dev.pawl.engine.query.RunView;
import dev.pawl.engine.query.RunWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets callers wait for runs without a thread each. A run that finishes on this server answers its waiters at once; for
 * those that finish elsewhere, and for patience that ends, somebody looks now and then for as long as anybody waits, with
 * one query for all.
 */
public final class FinishedRuns implements RunWatch {

    private static final Logger LOG = LoggerFactory.getLogger(FinishedRuns.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final int AT_ONCE = 500;
    private static final Duration SHORTEST = Duration.ofMillis(1);

    private final RunQueries queries;
    private final Executor executor;
    private final Later later;
    private final Clock clock;
    private final Map<RunId, Set<Waiter>> waiting = new ConcurrentHashMap<>();
    private final LatelyFinished lately = new LatelyFinished();
    private final AtomicBoolean looking = new AtomicBoolean();

    /** @param executor does what follows the end of a run: reading it and answering */
    public FinishedRuns(RunQueries queries, Executor executor, Later later, Clock clock) {
        this.queries = queries;
        this.executor = executor;
        this.later = later;
        this.clock = clock;
    }

    /** @param onEnd present when it is enough to know that the run has ended; else it is read */
    private record Waiter(
            String tenant,
            RunId run,
            Instant until,
            @Nullable Executor onEnd,
            CompletableFuture<Optional<Found>> answer) {}

    private record Found(RunEnd end, @Nullable RunView view) {}

    @Override
    public CompletionStage<Optional<RunView>> whenFinished(String tenant, RunId run, Duration patience) {
        return wait(tenant, run, patience, null).thenApply(found -> found.map(Found::view));
    }

    @Override
    public CompletionStage<Optional<RunEnd>> whenEnded(String tenant, RunId run, Duration patience) {
        return whenEnded(tenant, run, patience, this::onThread);
    }

    @Override
    public CompletionStage<Optional<RunEnd>> whenEnded(String tenant, RunId run, Duration patience, Executor onEnd) {
        return wait(tenant, run, patience, onEnd).thenApply(found -> found.map(Found::end));
    }

    private CompletionStage<Optional<Found>> wait(
            String tenant, RunId run, Duration patience, @Nullable Executor onEnd) {
        Waiter waiter = new Waiter(tenant, run, clock.now().plus(patience), onEnd, new CompletableFuture<>());
        await(waiter);
        // whoever finishes a run notes it first and looks for waiters then, so one of the two sees the other
        if (lately.contains(run)) {
            // it may have been begun anew since
            read(run);
        }
        return waiter.answer();
    }

    private void await(Waiter waiter) {
        waiting.compute(waiter.run(), (run, before) -> {
            Set<Waiter> all = before == null ? ConcurrentHashMap.newKeySet() : before;
            all.add(waiter);
            return all;
        });
        keepLooking();
    }

    /** Told after the commit that ended the run. */
    public void finished(RunEnd end) {
        lately.add(end.run());
        tell(end);
    }

    private void tell(RunEnd end) {
        Set<Waiter> told = waiting.remove(end.run());
        if (told != null) {
            told.forEach(waiter -> tell(waiter, end));
        }
    }

    private void tell(Waiter waiter, RunEnd end) {
        Executor onEnd = waiter.onEnd();
        if (onEnd != null && waiter.tenant().equals(end.tenant())) {
            onEnd.execute(() -> waiter.answer().complete(Optional.of(new Found(end, null))));
        } else {
            onThread(() -> answer(waiter));
        }
    }

    private void read(RunId run) {
        Set<Waiter> told = waiting.remove(run);
        if (told != null) {
            told.forEach(waiter -> onThread(() -> answer(waiter)));
        }
    }

    /** How many callers wait. */
    public int waiting() {
        return waiting.values().stream().mapToInt(Collection::size).sum();
    }

    private void keepLooking() {
        if (!waiting.isEmpty() && looking.compareAndSet(false, true)) {
            try {
                later.after(untilNextLook(), this::look);
            } catch (RejectedExecutionException e) {
                looking.set(false);
                LOG.debug("The server goes down; those who wait are not looked after any more", e);
            }
        }
    }

    private Duration untilNextLook() {
        Instant now = clock.now();
        Duration patience = waiting.values().stream()
                .flatMap(Set::stream)
                .map(waiter -> Duration.between(now, waiter.until()))
                .min(Comparator.naturalOrder())
                .orElse(LOOK_EVERY);
        if (patience.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return patience.compareTo(LOOK_EVERY) < 0 ? patience : LOOK_EVERY;
    }

    private void look() {
        try {
            lookElsewhere();
        } catch (StoreUnavailableException e) {
            LOG.debug("Runs that callers wait for are looked up again", e);
        } catch (RuntimeException e) {
            LOG.warn("Runs that callers wait for could not be looked up; the next look follows", e);
        } finally {
            letGo();
            looking.set(false);
            keepLooking();
        }
    }

    private void lookElsewhere() {
        List<RunId> runs = List.copyOf(waiting.keySet());
        for (int i = 0; i < runs.size(); i += AT_ONCE) {
            queries.statuses(runs.subList(i, Math.min(runs.size(), i + AT_ONCE)))
                    .forEach((run, status) -> {
                        if (status.isFinished()) {
                            read(run);
                        }
                    });
        }
    }

    /** Answers those whose patience has ended. */
    private void letGo() {
        Instant now = clock.now();
        List<Waiter> tired = new ArrayList<>();
        waiting.forEach((run, waiters) -> waiters.forEach(waiter -> {
            if (!waiter.until().isAfter(now)) {
                tired.add(waiter);
            }
        }));
        for (Waiter waiter : tired) {
            waiting.computeIfPresent(waiter.run(), (run, waiters) -> {
                waiters.remove(waiter);
                return waiters.isEmpty() ? null : waiters;
            });
            onThread(() -> waiter.answer().complete(Optional.empty()));
        }
    }

    /** One that ended and was begun anew is waited for again. */
    private void answer(Waiter waiter) {
        try {
            Optional<RunView> view = queries.find(waiter.tenant(), waiter.run())
                    .filter(run -> run.status().isFinished());
            if (view.isPresent()) {
                waiter.answer().complete(view.map(run -> new Found(RunEnd.of(run), run)));
            } else {
                await(waiter);
            }
        } catch (RuntimeException e) {
            waiter.answer().completeExceptionally(e);
        }
    }

    private void onThread(Runnable answering) {
        try {
            executor.execute(answering);
        } catch (RejectedExecutionException e) {
            LOG.debug("There is no thread to answer a caller who waits; it is done here", e);
            answering.run();
        }
    }
}
