package dev.pawl.engine.model;

import dev.pawl.engine.model.limit.Hold;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What changes in the life of a run, as a store keeps it.
 *
 * @param group the group of steps being worked on, -1 before the start
 * @param priorAttempts attempts of steps made before the last rerun; steps opened since count on from there
 * @param lastSequence number of the run's last event, counted from 1
 * @param version 1 when created, one more with every change; the key of compare-and-set
 * @param hold present when it starts under a limit
 */
public record RunState(
        RunStatus status,
        boolean paused,
        int group,
        int priorAttempts,
        @Nullable Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Payload output,
        @Nullable Failure failure,
        double cost,
        long tokens,
        long lastSequence,
        long version,
        @Nullable Hold hold) {

    static final RunState NEW = new RunState(RunStatus.PENDING, false, -1, 0, null, null, null, null, 0, 0, 0, 1, null);

    RunState ended(RunStatus as, Instant now, @Nullable Payload result, @Nullable Failure why) {
        return new RunState(
                as,
                paused,
                group,
                priorAttempts,
                startedAt,
                now,
                result,
                why,
                cost,
                tokens,
                lastSequence,
                version,
                hold);
    }

    RunState running(Instant since) {
        return new RunState(
                RunStatus.RUNNING,
                paused,
                group,
                priorAttempts,
                since,
                null,
                null,
                null,
                cost,
                tokens,
                lastSequence,
                version,
                hold);
    }

    RunState withPaused(boolean value) {
        return new RunState(
                status,
                value,
                group,
                priorAttempts,
                startedAt,
                completedAt,
                output,
                failure,
                cost,
                tokens,
                lastSequence,
                version,
                hold);
    }

    RunState withGroup(int value) {
        return new RunState(
                status,
                paused,
                value,
                priorAttempts,
                startedAt,
                completedAt,
                output,
                failure,
                cost,
                tokens,
                lastSequence,
                version,
                hold);
    }

    RunState plus(StepFigures figures) {
        return new RunState(
                status,
                paused,
                group,
                priorAttempts,
                startedAt,
                completedAt,
                output,
                failure,
                cost + figures.cost(),
                tokens + figures.tokens(),
                lastSequence,
                version,
                hold);
    }

    /** RUNNING or SUSPENDED, as its open steps are. */
    RunState withStatus(RunStatus value) {
        return new RunState(
                value,
                paused,
                group,
                priorAttempts,
                startedAt,
                completedAt,
                output,
                failure,
                cost,
                tokens,
                lastSequence,
                version,
                hold);
    }

    /** Begun once more at a group, with what its earlier groups have cost. */
    RunState rerun(int fromGroup, int attempts, StepFigures kept) {
        return new RunState(
                RunStatus.RUNNING,
                paused,
                fromGroup,
                attempts,
                startedAt,
                null,
                null,
                null,
                kept.cost(),
                kept.tokens(),
                lastSequence,
                version,
                hold);
    }

    RunState withLastSequence(long value) {
        return new RunState(
                status,
                paused,
                group,
                priorAttempts,
                startedAt,
                completedAt,
                output,
                failure,
                cost,
                tokens,
                value,
                version,
                hold);
    }

    RunState withVersion(long value) {
        return new RunState(
                status,
                paused,
                group,
                priorAttempts,
                startedAt,
                completedAt,
                output,
                failure,
                cost,
                tokens,
                lastSequence,
                value,
                hold);
    }

    RunState withHold(Hold value) {
        return new RunState(
                status,
                paused,
                group,
                priorAttempts,
                startedAt,
                completedAt,
                output,
                failure,
                cost,
                tokens,
                lastSequence,
                version,
                value);
    }

    /** Whether a limit keeps it from being claimed. */
    public boolean isHeld() {
        return hold != null && hold.isHeld();
    }
}
