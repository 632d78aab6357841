package dev.pawl.engine.command;

import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import java.util.Set;

/**
 * Asks for one step to be executed now. The command only judges the request and keeps its idempotency key: user code
 * follows, with transactions of its own, and what marks it as being done is the step's lease. A repetition under the same
 * key therefore finds the step done, held, or, once the lease of a dead worker has been taken back, free again.
 */
public record ExecuteJob(RunId runId, String stageId) implements Command<ExecuteJob.Accepted> {

    /** @param status of the run when it was asked */
    public record Accepted(RunStatus status) {}

    @Override
    public String type() {
        return "job.execute";
    }

    @Override
    public Class<Accepted> resultType() {
        return Accepted.class;
    }

    @Override
    public Set<RunId> runs() {
        return Set.of(runId);
    }
}
