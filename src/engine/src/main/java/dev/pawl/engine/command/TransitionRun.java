package dev.pawl.engine.command;

import dev.pawl.engine.model.RunId;
import java.util.Set;

/** Moves a run on if its current group is complete. Reports do this by themselves; the command repairs. */
public record TransitionRun(RunId runId) implements Command<TransitionRun.Transitioned> {

    public enum Result {
        NOOP,
        ADVANCED,
        COMPLETED,
        FAILED
    }

    public record Transitioned(Result result) {}

    @Override
    public String type() {
        return "run.transition";
    }

    @Override
    public Class<Transitioned> resultType() {
        return Transitioned.class;
    }

    @Override
    public Set<RunId> runs() {
        return Set.of(runId);
    }
}
