package dev.pawl.engine.command;

import dev.pawl.engine.model.RunId;
import java.util.List;
import java.util.Set;

/** Brings forward what a run waits for by time: the next attempt of a failed stage, the next poll of a suspended one. */
public record RetryRun(RunId runId) implements Command<RetryRun.Retried> {

    /** @param stages that are taken now; empty when none waited for its time */
    public record Retried(List<String> stages) {}

    @Override
    public String type() {
        return "run.retry";
    }

    @Override
    public Class<Retried> resultType() {
        return Retried.class;
    }

    @Override
    public Set<RunId> runs() {
        return Set.of(runId);
    }
}
