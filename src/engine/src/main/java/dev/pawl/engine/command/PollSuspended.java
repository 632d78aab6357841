package dev.pawl.engine.command;

import dev.pawl.engine.model.RunId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sends workers to the suspended stages that are due to be polled; user code is asked by them, outside this command's
 * transaction.
 *
 * @param max how many are looked for at most
 * @param runId only this run, whose suspended stages become due now
 */
public record PollSuspended(int max, @Nullable RunId runId) implements Command<PollSuspended.Due> {

    /** @param due stages found waiting to be polled, at most as many as asked for */
    public record Due(int due) {}

    public PollSuspended {
        if (max < 1) {
            throw new IllegalArgumentException("max must be at least 1, was " + max);
        }
    }

    @Override
    public String type() {
        return "stage.pollSuspended";
    }

    @Override
    public Class<Due> resultType() {
        return Due.class;
    }

    @Override
    public Set<RunId> runs() {
        return runId == null ? Set.of() : Set.of(runId);
    }
}
