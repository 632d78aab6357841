package dev.pawl.engine.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step as a store keeps it.
 *
 * @param group the group it belongs to, from 0
 * @param ordinal its place inside the group, from 0
 * @param attempt how often user code was started; 0 before the first time
 * @param dueAt while PENDING: not to be started before
 * @param lease while RUNNING: who may report it
 * @param progress JSON of the latest progress, as the API shows it
 * @param metrics JSON object of figures kept by user code
 */
public record StepState(
        String id,
        String name,
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
        @Nullable String progress,
        @Nullable String metrics,
        double cost,
        long tokens) {

    /** A step nobody has worked on yet. */
    public static StepState pending(String id, String name, int group, int ordinal, Instant dueAt) {
        return new StepState(
                id, name, group, ordinal, StepStatus.PENDING, 0, dueAt, null, null, null, null, null, null, null, 0, 0);
    }

    public boolean isHeldWith(String token) {
        return status == StepStatus.RUNNING && lease != null && lease.token().equals(token);
    }

    /** User code is about to start under this lease. */
    StepState leased(Lease granted, Instant now) {
        return new StepState(
                id,
                name,
                group,
                ordinal,
                to(StepStatus.RUNNING),
                attempt + 1,
                null,
                granted,
                startedAt == null ? now : startedAt,
                null,
                null,
                failure,
                progress,
                metrics,
                cost,
                tokens);
    }

    /** Back to the queue; {@code attempts} is what counts as used up so far. */
    StepState waiting(Instant due, int attempts, @Nullable Failure why, StepFigures figures) {
        return new StepState(
                id,
                name,
                group,
                ordinal,
                to(StepStatus.PENDING),
                attempts,
                due,
                null,
                startedAt,
                null,
                null,
                why,
                figures.progress() == null ? progress : figures.progress(),
                figures.metrics() == null ? metrics : figures.metrics(),
                cost + figures.cost(),
                tokens + figures.tokens());
    }

    StepState completed(Payload result, StepFigures figures, Instant now) {
        return new StepState(
                id,
                name,
                group,
                ordinal,
                to(StepStatus.COMPLETED),
                attempt,
                null,
                null,
                startedAt,
                now,
                result,
                null,
                figures.progress() == null ? progress : figures.progress(),
                figures.metrics() == null ? metrics : figures.metrics(),
                cost + figures.cost(),
                tokens + figures.tokens());
    }

    StepState ended(StepStatus as, @Nullable Failure why, StepFigures figures, Instant now) {
        return new StepState(
                id,
                name,
                group,
                ordinal,
                to(as),
                attempt,
                null,
                null,
                startedAt,
                now,
                null,
                why,
                figures.progress() == null ? progress : figures.progress(),
                figures.metrics() == null ? metrics : figures.metrics(),
                cost + figures.cost(),
                tokens + figures.tokens());
    }

    StepState withProgress(String json) {
        return new StepState(
                id,
                name,
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
                json,
                metrics,
                cost,
                tokens);
    }

    private StepStatus to(StepStatus next) {
        if (!status.canBecome(next)) {
            throw new IllegalStateException("Step " + id + " is " + status + " and cannot become " + next);
        }
        return next;
    }
}
