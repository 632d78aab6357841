package dev.pawl.engine.work;

import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.query.RunQueries;
import dev.pawl.engine.query.RunView;
import dev.pawl.engine.query.RunWatch;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets callers wait for runs. A run that finishes on this server wakes them at once; one that finishes elsewhere is noticed
 * by {@link #look()}, with one query for all that wait.
 */
public final class FinishedRuns implements RunWatch {

    private final RunQueries queries;
    private final Map<RunId, Waiters> waiting = new ConcurrentHashMap<>();

    public FinishedRuns(RunQueries queries) {
        this.queries = queries;
    }

    /** Told after the commit that ended the run. */
    public void finished(RunId run) {
        Waiters waiters = waiting.get(run);
        if (waiters != null) {
            waiters.latch().countDown();
        }
    }

    /** Looks for waiting runs that finished on other servers. */
    public void look() {
        if (!waiting.isEmpty()) {
            Map<RunId, RunStatus> statuses = queries.statuses(waiting.keySet());
            statuses.forEach((run, status) -> {
                if (status.isFinished()) {
                    finished(run);
                }
            });
        }
    }

    @Override
    public Optional<RunView> awaitFinished(String tenant, RunId run, Duration patience) {
        Waiters waiters = waiting.compute(run, (id, before) -> before == null ? Waiters.first() : before.oneMore());
        try {
            Optional<RunView> already = isFinished(run) ? finishedView(tenant, run) : Optional.empty();
            if (already.isPresent() || patience.isZero() || patience.isNegative()) {
                return already;
            }
            boolean told = waiters.latch().await(patience.toMillis(), TimeUnit.MILLISECONDS);
            return told ? finishedView(tenant, run) : Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            waiting.computeIfPresent(run, (id, left) -> left.oneLess());
        }
    }

    /** Mostly it is not yet, so that reading all of it would be in vain. */
    private boolean isFinished(RunId run) {
        RunStatus status = queries.statuses(Set.of(run)).get(run);
        return status != null && status.isFinished();
    }

    private Optional<RunView> finishedView(String tenant, RunId run) {
        return queries.find(tenant, run).filter(view -> view.status().isFinished());
    }

    private record Waiters(CountDownLatch latch, int count) {
        static Waiters first() {
            return new Waiters(new CountDownLatch(1), 1);
        }

        Waiters oneMore() {
            return new Waiters(latch, count + 1);
        }

        @Nullable
        Waiters oneLess() {
            return count == 1 ? null : new Waiters(latch, count - 1);
        }
    }
}
