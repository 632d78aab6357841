package dev.pawl.engine.command;

import dev.pawl.api.Poll;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Note;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StepFigures;
import dev.pawl.engine.port.RunLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells what became of an assignment. With success the run moves on in the same transaction, and the next step stays with
 * the worker when {@code carryOn} asks for it.
 *
 * @param log lines user code wrote and nobody has stored yet
 * @param notes annotations by user code; those of an attempt that is handed back are dropped
 * @param leaseFor of the next step
 * @param trustRun whether the run in the assignment may be taken for current, with compare-and-set as the guard
 */
public record ReportStep(
        Assignment assignment,
        Result result,
        StepFigures figures,
        List<RunLog.Line> log,
        List<Note> notes,
        boolean carryOn,
        Duration leaseFor,
        boolean trustRun)
        implements Report<ReportStep.Receipt> {

    public ReportStep {
        log = List.copyOf(log);
        notes = List.copyOf(notes);
    }

    /** One without notes. */
    public ReportStep(
            Assignment assignment,
            Result result,
            StepFigures figures,
            List<RunLog.Line> log,
            boolean carryOn,
            Duration leaseFor,
            boolean trustRun) {
        this(assignment, result, figures, log, List.of(), carryOn, leaseFor, trustRun);
    }

    /** The same report by a worker that no longer trusts what it knows of the run. */
    @Override
    public ReportStep repeated() {
        return new ReportStep(assignment, result, figures, log, notes, carryOn, leaseFor, false);
    }

    /** What became of it. */
    public sealed interface Result {
        record Success(Payload output) implements Result {}

        /** @param retryAfter absent when no further attempt may follow */
        record Failed(Failure failure, Optional<Duration> retryAfter) implements Result {}

        /** User code waits for work done elsewhere. */
        record Suspended(Payload state, Poll poll) implements Result {}

        /** The work elsewhere goes on; what is absent stays as it was. */
        record StillWaiting(Optional<Payload> state, Optional<Duration> nextCheckIn) implements Result {}

        /** User code was not run, because its policies let it wait: the attempt does not count. */
        record Postponed(Instant until, Failure why) implements Result {}

        /** User code was not run to its end, through no fault of its own: the attempt does not count. */
        record HandedBack() implements Result {}
    }

    /** How the report was received. */
    public sealed interface Receipt {
        /** @param next the step to go on with, leased to the same worker */
        record Accepted(Optional<Assignment> next) implements Receipt {}

        /** The lease is no longer the worker's, or the run wants no more results. */
        record Discarded(String reason) implements Receipt {}
    }

    @Override
    public String type() {
        return "step.report";
    }

    @Override
    public Class<Receipt> resultType() {
        return Receipt.class;
    }

    @Override
    public Set<RunId> runs() {
        return Set.of(assignment.run().id());
    }
}
