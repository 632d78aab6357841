package dev.pawl.engine.command;

import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.RunId;
import java.util.List;

/** Reads what is recorded of a run of durable code, in order. */
public record ReadJournal(RunId run) implements Command<ReadJournal.Journal> {

    public record Journal(List<Checkpoint> checkpoints) {}

    @Override
    public String type() {
        return "code.journal";
    }

    @Override
    public Class<Journal> resultType() {
        return Journal.class;
    }
}
