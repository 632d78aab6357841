package dev.pawl.engine.command;

import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StepFigures;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Tells what became of an assignment. With success the run moves on in the same transaction, and the next step stays with
 * the worker when {@code carryOn} asks for it.
 *
 * @param leaseFor of the next step
 */
public record ReportStep(Assignment assignment, Result result, StepFigures figures, boolean carryOn, Duration leaseFor)
        implements Command<ReportStep.Receipt> {

    /** What became of it. */
    public sealed interface Result {
        record Success(Payload output) implements Result {}

        /** @param retryAfter absent when no further attempt may follow */
        record Failed(Failure failure, Optional<Duration> retryAfter) implements Result {}

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
