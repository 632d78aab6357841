package dev.pawl.engine.command;

import dev.pawl.engine.model.Lease;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunRequest;
import dev.pawl.engine.model.StepKey;
import java.util.Map;

/**
 * A step leased to a worker, with all it needs to execute it.
 *
 * @param run as committed with the lease; the worker hands it back with the report, which spares the store a read
 * @param previous outputs of the group before, by step id; empty in the first group
 */
public record Assignment(
        Run run, String stepId, int attempt, Lease lease, RunRequest request, Map<String, Payload> previous) {

    public StepKey key() {
        return new StepKey(run.id(), stepId);
    }
}
