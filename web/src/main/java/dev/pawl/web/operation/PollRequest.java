package dev.pawl.web.operation;

import dev.pawl.engine.command.BatchSize;
import dev.pawl.engine.command.PollSuspended;
import dev.pawl.engine.model.RunId;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request to poll.
 *
 * @param max absent: 100
 * @param runId only this run, whose suspended stages become due now
 */
public record PollRequest(@Nullable Integer max, @Nullable RunId runId) {
    public PollRequest {
        BatchSize.of("max", max);
    }

    PollSuspended command() {
        return new PollSuspended(BatchSize.of("max", max), runId);
    }
}
