package dev.pawl.engine.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step as a store keeps it.
 *
 * @param group the group it belongs to, from 0
 * @param ordinal its place inside the group, from 0
 * @param attempt how often user code was started; 0 before the first time
 * @param dueAt not to be taken before: while PENDING to be started, while SUSPENDED to be polled or woken; absent while
 *     somebody holds it, and while only an event can wake it
 * @param lease who may report it: while RUNNING, and while SUSPENDED for as long as a poll lasts
 * @param suspension present once user code has suspended to wait for work elsewhere
 * @param progress JSON of the latest progress, as the API shows it
 * @param metrics JSON object of figures kept by user code
 */
public record StepState(
        String id,
        String name,
        StepKind kind,
        int group,
        int ordinal,
        StepStatus status,
        int attempt,
        @Nullable Instant dueAt,
        @Nullable Lease lease,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Payload output,
        @Nullable Failure failure,
        @Nullable Suspension suspension,
        @Nullable String progress,
        @Nullable String metrics,
        double cost,
        long tokens) {

    /** A step nobody has worked on yet. */
    public static StepState pending(
            String id, String name, StepKind kind, int group, int ordinal, @Nullable Instant dueAt) {
        return new StepState(
                id,
                name,
                kind,
                group,
                ordinal,
                StepStatus.PENDING,
                0,
                dueAt,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                0);
    }

    public boolean isHeldWith(String token) {
        return status.isOpen() && lease != null && lease.token().equals(token);
    }

    public boolean isHeldBy(String owner) {
        return status.isOpen() && lease != null && lease.owner().equals(owner);
    }

    /** Whether a worker may take it now, to start it, to poll it or to wake it. */
    public boolean isDue(Instant now) {
        boolean waits = status == StepStatus.PENDING || status == StepStatus.SUSPENDED;
        return waits && lease == null && dueAt != null && !dueAt.isAfter(now);
    }

    /** Whether its group has as many others at work as it allows. */
    public boolean hasNoPlace() {
        return kind == StepKind.STAGE && status == StepStatus.PENDING && dueAt == null && lease == null;
    }

    /** Whether it is durable code that cannot go on as it is deployed. */
    public boolean isParked() {
        return kind == StepKind.CODE
                && status == StepStatus.SUSPENDED
                && dueAt == null
                && lease == null
                && failure != null;
    }

    /** Whether being taken means being asked if the work elsewhere has ended. */
    public boolean isPolled() {
        return status == StepStatus.SUSPENDED && suspension != null;
    }

    /** The same step counting on from attempts made before its run was rerun. */
    StepState after(int attempts) {
        return copy(status, attempts, dueAt, lease, startedAt, completedAt, output, failure, suspension);
    }

    /** User code is about to start, to be polled or to go on under this lease. */
    StepState leased(Lease granted, Instant now) {
        return isPolled()
                ? copy(status, attempt, null, granted, startedAt, null, null, failure, suspension)
                : started(granted, now);
    }

    /** User code is about to start under this lease, whatever it waits for. */
    StepState started(Lease granted, Instant now) {
        return copy(
                to(StepStatus.RUNNING),
                attempt + 1,
                null,
                granted,
                startedAt == null ? now : startedAt,
                null,
                null,
                failure,
                suspension);
    }

    /** Back to the queue; {@code attempts} is what counts as used up so far. */
    StepState waiting(Instant due, int attempts, @Nullable Failure why, StepFigures figures) {
        return copy(to(StepStatus.PENDING), attempts, due, null, startedAt, null, null, why, suspension)
                .with(figures);
    }

    /** Not to be worked on before {@code due}, or before something wakes it when there is none. */
    StepState suspended(
            @Nullable Suspension kept,
            @Nullable Instant due,
            int attempts,
            @Nullable Failure why,
            StepFigures figures) {
        StepStatus next = status == StepStatus.SUSPENDED ? status : to(StepStatus.SUSPENDED);
        return copy(next, attempts, due, null, startedAt, null, null, why, kept).with(figures);
    }

    /** The same, to be taken at another time. */
    StepState due(Instant due) {
        return copy(status, attempt, due, lease, startedAt, completedAt, output, failure, suspension);
    }

    StepState completed(Payload result, StepFigures figures, Instant now) {
        return copy(to(StepStatus.COMPLETED), attempt, null, null, startedAt, now, result, null, null)
                .with(figures);
    }

    StepState ended(StepStatus as, @Nullable Failure why, StepFigures figures, Instant now) {
        return copy(to(as), attempt, null, null, startedAt, now, null, why, null)
                .with(figures);
    }

    /** Told something while it runs; headway makes the present attempt the first one. */
    StepState noted(StepFigures figures, boolean headway) {
        int attempts = headway ? Math.min(attempt, 1) : attempt;
        return copy(status, attempts, dueAt, lease, startedAt, completedAt, output, failure, suspension)
                .with(figures);
    }

    StepState withProgress(String json) {
        return with(new StepFigures(json, null, 0, 0));
    }

    /** The same under a lease that ends at another time. */
    public StepState leasedUntil(Instant until) {
        Lease longer = lease == null ? null : lease.until(until);
        return copy(status, attempt, dueAt, longer, startedAt, completedAt, output, failure, suspension);
    }

    private StepState copy(
            StepStatus newStatus,
            int attempts,
            @Nullable Instant due,
            @Nullable Lease granted,
            @Nullable Instant started,
            @Nullable Instant ended,
            @Nullable Payload result,
            @Nullable Failure why,
            @Nullable Suspension kept) {
        return new StepState(
                id, name, kind, group, ordinal, newStatus, attempts, due, granted, started, ended, result, why, kept,
                progress, metrics, cost, tokens);
    }

    private StepState with(StepFigures figures) {
        return new StepState(
                id,
                name,
                kind,
                group,
                ordinal,
                status,
                attempt,
                dueAt,
                lease,
                startedAt,
                completedAt,
                output,
                failure,
                suspension,
                figures.progress() == null ? progress : figures.progress(),
                figures.metrics() == null ? metrics : figures.metrics(),
                cost + figures.cost(),
                tokens + figures.tokens());
    }

    private StepStatus to(StepStatus next) {
        if (!status.canBecome(next)) {
            throw new IllegalStateException("Step " + id + " is " + status + " and cannot become " + next);
        }
        return next;
    }
}
