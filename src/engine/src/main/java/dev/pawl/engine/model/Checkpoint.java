package dev.pawl.engine.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call that durable code made, with what is known of it: an entry of the run's journal.
 *
 * @param ordinal its place in the journal, from 0; those of a continued run count on
 * @param branch where it was made: empty in the method itself, else the fork and the branch, {@code enrich#1/crm}
 * @param occurrence of the name in its branch, from 1
 * @param status SUSPENDED while it waits for a time, an event or a child; PENDING while a step waits for another attempt
 * @param attempt how often a step's code was started
 * @param wakeAt while it is open: when to go on by itself, if ever
 * @param detail JSON of what the call asked for, where the name does not say it all
 */
public record Checkpoint(
        int ordinal,
        String branch,
        String name,
        int occurrence,
        CheckpointKind kind,
        StepStatus status,
        int attempt,
        Instant startedAt,
        @Nullable Instant completedAt,
        @Nullable Instant wakeAt,
        @Nullable Payload output,
        @Nullable Failure failure,
        @Nullable String detail,
        double cost,
        long tokens) {

    /** The ordinal under which the wish to cancel is kept. */
    public static final int CANCEL_ORDINAL = -1;

    /** A call that has begun and not ended. */
    public static Checkpoint begun(
            int ordinal, String branch, String name, int occurrence, CheckpointKind kind, Instant now) {
        return new Checkpoint(
                ordinal,
                branch,
                name,
                occurrence,
                kind,
                StepStatus.SUSPENDED,
                0,
                now,
                null,
                null,
                null,
                null,
                null,
                0,
                0);
    }

    /** Unique in its run. */
    public String id() {
        return (branch.isEmpty() ? "" : branch + "/") + name + "#" + occurrence;
    }

    public boolean isOpen() {
        return status.isOpen();
    }

    public Checkpoint withDetail(String json) {
        return copy(status, attempt, startedAt, completedAt, wakeAt, output, failure, json);
    }

    public Checkpoint wakingAt(@Nullable Instant time) {
        return copy(status, attempt, startedAt, completedAt, time, output, failure, detail);
    }

    /** An attempt is made. */
    public Checkpoint attempted(int number, Instant now) {
        return copy(status, number, number == 1 ? now : startedAt, null, null, null, failure, detail);
    }

    /** The attempt has failed, and another follows. */
    public Checkpoint retriedAt(Instant time, Failure why) {
        return copy(StepStatus.PENDING, attempt, startedAt, null, time, null, why, detail);
    }

    public Checkpoint completed(@Nullable Payload result, Instant now) {
        return copy(StepStatus.COMPLETED, attempt, startedAt, now, null, result, null, detail);
    }

    /** Ended, with what it has. */
    public Checkpoint completedAt(Instant now) {
        return completed(output, now);
    }

    /** Something has come, and more is waited for. */
    public Checkpoint partly(Payload soFar) {
        return copy(status, attempt, startedAt, null, wakeAt, soFar, null, detail);
    }

    public Checkpoint failed(Failure why, Instant now) {
        return copy(StepStatus.FAILED, attempt, startedAt, now, null, null, why, detail);
    }

    public Checkpoint cancelled(Instant now) {
        return copy(StepStatus.CANCELLED, attempt, startedAt, now, null, null, failure, detail);
    }

    /** What the last attempt has cost is added. */
    public Checkpoint plus(double moreCost, long moreTokens) {
        return new Checkpoint(
                ordinal,
                branch,
                name,
                occurrence,
                kind,
                status,
                attempt,
                startedAt,
                completedAt,
                wakeAt,
                output,
                failure,
                detail,
                cost + moreCost,
                tokens + moreTokens);
    }

    private Checkpoint copy(
            StepStatus newStatus,
            int attempts,
            Instant started,
            @Nullable Instant ended,
            @Nullable Instant wake,
            @Nullable Payload result,
            @Nullable Failure why,
            @Nullable String what) {
        return new Checkpoint(
                ordinal,
                branch,
                name,
                occurrence,
                kind,
                newStatus,
                attempts,
                started,
                ended,
                wake,
                result,
                why,
                what,
                cost,
                tokens);
    }
}
