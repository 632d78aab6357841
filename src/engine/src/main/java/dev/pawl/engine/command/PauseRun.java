package dev.pawl.engine.command;

import dev.pawl.engine.model.RunId;
import java.util.Set;

/** Keeps a run from starting anything new, or lets it go on. Steps already running end as usual. */
public record PauseRun(RunId runId, boolean paused) implements Command<PauseRun.Paused> {

    /** @param changed false when the run was in that state already */
    public record Paused(boolean paused, boolean changed) {}

    @Override
    public String type() {
        return paused ? "run.pause" : "run.resume";
    }

    @Override
    public Class<Paused> resultType() {
        return Paused.class;
    }

    @Override
    public Set<RunId> runs() {
        return Set.of(runId);
    }
}
