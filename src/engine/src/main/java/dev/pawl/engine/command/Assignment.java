package dev.pawl.engine.command;

import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.Lease;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunRequest;
import dev.pawl.engine.model.StepKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A step leased to a worker, with all it needs to execute it.
 *
 * @param run as committed with the lease; the worker hands it back with the report, which spares the store a read
 * @param previous outputs of the group before, by step id; empty in the first group
 * @param journal what is recorded of durable code, as committed with the lease; absent: to be read
 */
public record Assignment(
        Run run,
        String stepId,
        int attempt,
        Lease lease,
        RunRequest request,
        Map<String, Payload> previous,
        Optional<List<Checkpoint>> journal) {

    /** With nothing known of a journal. */
    public Assignment(
            Run run, String stepId, int attempt, Lease lease, RunRequest request, Map<String, Payload> previous) {
        this(run, stepId, attempt, lease, request, previous, Optional.empty());
    }

    public StepKey key() {
        return new StepKey(run.id(), stepId);
    }
}
