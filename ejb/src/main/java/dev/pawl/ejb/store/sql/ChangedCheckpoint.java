package dev.pawl.ejb.store.sql;

import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** A checkpoint to be written, with the run it belongs to. */
record ChangedCheckpoint(RunId run, Checkpoint checkpoint) {

    /** In the order in which rows are locked; a checkpoint that a run names twice is written as it is last. */
    static List<ChangedCheckpoint> of(Collection<Run> runs) {
        return runs.stream()
                .flatMap(run -> Latest.of(run.checkpoints(), Checkpoint::ordinal).stream()
                        .map(checkpoint -> new ChangedCheckpoint(run.id(), checkpoint)))
                .sorted(Comparator.comparing(ChangedCheckpoint::run)
                        .thenComparing(changed -> changed.checkpoint().ordinal()))
                .toList();
    }
}
