package dev.pawl.engine.handler;

import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.CheckpointKind;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** Leaves the journal of a run behind, so that its code begins anew. */
final class CloseJournal {

    private CloseJournal() {}

    /** Answers the entry that the new journal begins with: it tells which generation this is, for ids derived from it. */
    static Checkpoint beginAnew(Run run, UnitOfWork work) {
        return beginAnew(run, List.of(), work);
    }

    /** @param unwritten entries that were reported and are left behind as well */
    static Checkpoint beginAnew(Run run, Collection<Checkpoint> unwritten, UnitOfWork work) {
        List<Checkpoint> journal = work.ports().journals().read(run.id());
        work.ports().journals().drop(run.id());
        work.ports()
                .runs()
                .discard(journal.stream()
                        .map(Checkpoint::output)
                        .filter(Objects::nonNull)
                        .filter(Payload.Stored.class::isInstance)
                        .map(output -> ((Payload.Stored) output).blobKey())
                        .distinct()
                        .toList());
        int generation = journal.stream()
                .filter(entry -> entry.kind() == CheckpointKind.CONTINUED)
                .mapToInt(Checkpoint::occurrence)
                .findFirst()
                .orElse(1);
        Checkpoint first = Checkpoint.begun(
                        Math.max(last(journal), last(unwritten)) + 1,
                        "",
                        "generation",
                        generation + 1,
                        CheckpointKind.CONTINUED,
                        work.now())
                .completed(null, work.now());
        run.checkpoint(first);
        return first;
    }

    private static int last(Collection<Checkpoint> entries) {
        return entries.stream().mapToInt(Checkpoint::ordinal).max().orElse(-1);
    }
}
