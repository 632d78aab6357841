package dev.pawl.engine.port;

import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.RunId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is recorded of runs of durable code, inside the transaction around the call. It is written {@linkplain RunStore#save with the
 * runs}.
 */
public interface JournalStore {

    /** The whole journal of a run, in order. */
    List<Checkpoint> read(RunId run);

    /** The checkpoints with these ordinals, in order; those that are not there are absent. */
    List<Checkpoint> read(RunId run, Collection<Integer> ordinals);

    /** Of each run the checkpoints with these ordinals, in order; a run without any of them is absent. */
    Map<RunId, List<Checkpoint>> read(Map<RunId, ? extends Collection<Integer>> ordinals);

    /**
     * Of each run all checkpoints, in order; a run without any is absent, and so is one with an entry of this ordinal or a
     * higher one.
     */
    Map<RunId, List<Checkpoint>> readShort(Collection<RunId> runs, int end);

    /** The checkpoints of a run that have not ended, in order. */
    List<Checkpoint> open(RunId run);

    /** Those of these runs that somebody wants cancelled, see {@link Checkpoint#CANCEL_ORDINAL}. */
    Set<RunId> cancelWishes(Collection<RunId> among);

    /** Deletes the journal of a run. */
    void drop(RunId run);

    /** These runs have ended without completing: what is open becomes CANCELLED. */
    void close(Collection<RunId> runs, Instant now);
}
