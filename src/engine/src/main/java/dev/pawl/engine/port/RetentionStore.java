package dev.pawl.engine.port;

import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What has been kept for long: found and removed inside the transaction around the call, in portions. Runs are found in the
 * order in which lists show them, so that no index serves retention alone.
 */
public interface RetentionStore {

    /**
     * Where a walk through the runs stands: behind this run, or, with no run's name, before all of the tenant.
     *
     * @param tenant whose runs are walked through
     * @param createdAt of the last run seen
     * @param run the last run seen
     */
    record Place(String tenant, Instant createdAt, String run) {

        /** Before every run. */
        public static final Place FIRST = before("");

        public static Place before(String tenant) {
            return new Place(tenant, Instant.EPOCH, "");
        }
    }

    /**
     * A run that was created long ago, finished or not.
     *
     * @param lastSequence number of its last event, which bounds what its history takes
     * @param version at which it is when it is looked at
     * @param isNeeded whether others still refer to it: an event that is late, a dead letter, a parent that is not
     *     finished
     */
    record OldRun(
            RunId id,
            Place place,
            RunStatus status,
            @Nullable Instant completedAt,
            long lastSequence,
            long version,
            boolean isNeeded) {}

    /**
     * A part of the walk.
     *
     * @param runs in order of creation
     * @param next where the walk goes on; absent at its end
     */
    record Page(List<OldRun> runs, Optional<Place> next) {
        public Page {
            runs = List.copyOf(runs);
        }
    }

    /** Makes this transaction the only one that removes what is old, until it ends; false when another one does. */
    boolean takeDuty();

    /** Runs behind this place that were created before a time; locks nothing. */
    Page look(Place place, Instant createdBefore, int max);

    /**
     * Locks those of these runs that are still as they were seen and answers them; skips those locked by others, and those
     * with events that wait to be delivered, or that a listener has not heard yet.
     */
    List<RunId> lock(Collection<OldRun> runs);

    /** Removes locked runs with their steps and their history. */
    void remove(Collection<RunId> runs);

    /** Removes keys of commands that came before a time; answers how many. */
    int removeKeys(Instant before, int max);

    /** Removes dead letters buried before a time; answers how many. */
    int removeDeadLetters(Instant before, int max);

    /**
     * Removes events from outside that came before a time, and gives up what they stored outside their rows; what a wait
     * has taken and not yet got stays. Answers how many.
     */
    int removeEvents(Instant before, int max);

    /** Removes log lines of these runs from before a time; answers how many. */
    int removeLogLines(Collection<RunId> runs, Instant before, int max);
}
