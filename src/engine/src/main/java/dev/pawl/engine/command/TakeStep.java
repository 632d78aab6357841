package dev.pawl.engine.command;

import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StepKey;
import dev.pawl.engine.model.WorkerId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Leases one named step to a worker, for those who deliver jobs by name. */
public record TakeStep(StepKey step, WorkerId worker, Duration leaseFor) implements Command<TakeStep.Result> {

    public enum Answer {
        /** The worker has it now. */
        TAKEN,
        /** It is complete: its stored output is in the answer. */
        COMPLETED,
        /** Its run wants no work done: the job is discarded. */
        DISCARDED,
        /** A worker has it, until it reports or its lease runs out. */
        HELD,
        /** It is not open, not due yet, or its run is paused. */
        NOT_AVAILABLE
    }

    public record Result(Answer answer, Optional<Assignment> assignment, Optional<Payload> output) {}

    @Override
    public String type() {
        return "job.take";
    }

    @Override
    public Class<Result> resultType() {
        return Result.class;
    }

    @Override
    public Set<RunId> runs() {
        return Set.of(step.run());
    }
}
