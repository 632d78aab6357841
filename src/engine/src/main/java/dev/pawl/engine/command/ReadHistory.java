package dev.pawl.engine.command;

import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunRequest;
import java.util.List;
import java.util.Set;

/** Reads a run of durable code with all that its method is called with, as of one time; changes nothing. */
public record ReadHistory(RunId runId) implements Command<ReadHistory.History> {

    /** @param checkpoints what is recorded, in order */
    public record History(Run run, RunRequest request, List<Checkpoint> checkpoints) {}

    @Override
    public String type() {
        return "code.history";
    }

    @Override
    public Class<History> resultType() {
        return History.class;
    }

    @Override
    public Set<RunId> runs() {
        return Set.of(runId);
    }
}
