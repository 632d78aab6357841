package dev.pawl.engine.command;

import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ends a run and everything open in it.
 *
 * @param compensate whether the sagas of durable code are to be compensated first; the run is CANCELLED when they are
 */
public record CancelRun(RunId runId, @Nullable String reason, boolean compensate)
        implements Command<CancelRun.Cancellation> {

    /** @param cancelled false when the run had finished before */
    public record Cancellation(boolean cancelled, RunStatus status) {}

    public CancelRun(RunId runId, @Nullable String reason) {
        this(runId, reason, false);
    }

    @Override
    public String type() {
        return "run.cancel";
    }

    @Override
    public Class<Cancellation> resultType() {
        return Cancellation.class;
    }

    @Override
    public Set<RunId> runs() {
        return Set.of(runId);
    }
}
