package dev.pawl.engine.port;

import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunRequest;
import dev.pawl.engine.model.StepKey;
import dev.pawl.engine.model.StepState;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Runs, their steps and their history, read and written inside the transaction around the call.
 *
 * <p>Every {@code lock…} method locks the runs it returns until the transaction ends, so that changes to one run happen
 * one after the other, and returns them with the steps of their current group. Methods that pick runs skip those locked
 * by others. Locks are taken in the order of ids wherever more than one named run is locked.
 */
public interface RunStore {

    /** Locks these runs, waiting for other transactions; ids nobody knows are absent from the answer. */
    Map<RunId, Run> lock(Collection<RunId> ids);

    /**
     * Runs that wait to be claimed and are not paused, with their {@link RunRequest}: highest priority first, then in
     * order of creation.
     */
    List<Run> lockPending(int max);

    /** Active runs that are not paused and have a PENDING or SUSPENDED step due at {@code now}, at most {@code max} such steps. */
    List<Run> lockDue(int max, Instant now);

    /** Active runs with a step whose lease ended before {@code now}. */
    List<Run> lockExpired(int max, Instant now);

    /** Active runs with a step leased by this node under another incarnation than {@code currentOwner}'s. */
    List<Run> lockLeftBehind(int max, String node, String currentOwner);

    /**
     * Active runs in which nothing will ever happen by itself: no step of their group is due or held, and no code waits for
     * an event. Reads every run, for repair alone.
     */
    List<Run> lockStuck(int max);

    /** Suspended runs of durable code that could not go on as it was deployed, see {@code StepState.isParked}. */
    List<Run> lockParked(int max);

    /** All steps of a run, in order of group and place. */
    List<StepState> steps(RunId run);

    /** Deletes the steps of this group and of all later ones. */
    void dropSteps(RunId run, int fromGroup);

    /** Notes blobs nothing will refer to once this transaction has committed. A key is never used again. */
    void discard(Collection<String> blobKeys);

    /** Blobs noted by transactions that have committed. */
    List<String> discarded(int max);

    /** These have been deleted. */
    void forget(Collection<String> blobKeys);

    /**
     * Writes new and changed runs, their changed steps, recorded events and checkpoints, in few statements. A checkpoint that is
     * there is replaced.
     *
     * @throws StaleRunException when a changed run is not at its loaded version any more; nothing is to be kept then
     */
    void save(Collection<Run> runs);

    /** What the starters of these runs handed over. */
    Map<RunId, RunRequest> requests(Collection<RunId> ids);

    /** Outputs of completed steps of this run by step id; steps without one are absent. */
    Map<String, Payload> outputs(RunId run, Collection<String> stepIds);

    /** Outputs of all completed steps of this run by step id, in order of group and place. */
    Map<String, Payload> outputs(RunId run);

    /**
     * Extends every lease of this owner and answers which steps it still holds. Changes no run; a save of a run that was
     * loaded before does not shorten the lease again.
     */
    Set<StepKey> extendLeases(String owner, Instant until);
}
