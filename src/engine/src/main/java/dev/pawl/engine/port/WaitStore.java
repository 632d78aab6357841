package dev.pawl.engine.port;

import dev.pawl.engine.model.Arrival;
import dev.pawl.engine.model.Channel;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.OpenWait;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.PublishedEvent;
import dev.pawl.engine.model.RunId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where events meet those who wait for them. Everything happens inside the transaction around the call.
 *
 * <p>Registering a wait and publishing an event on the same channel happen one after the other, because both lock the
 * channel first: so either the wait finds the event kept, or the event finds the wait open.
 */
public interface WaitStore {

    /**
     * Locks channels until the transaction ends: those of publications against registrations, those of registrations
     * against both. Called before any run is locked.
     */
    void lock(Set<Channel> publications, Set<Channel> registrations);

    // events

    /**
     * Gives each event to every open wait that it fits and that takes no earlier one; an event that no wait takes is kept for
     * a wait to come. One whose key was there before does nothing.
     *
     * @param events in order of their coming
     * @param fits asked of waits with a filter
     * @return how many waits take one
     */
    int publish(List<PublishedEvent> events, BiPredicate<OpenWait, PublishedEvent> fits, Instant now);

    /**
     * Takes the oldest kept event of a channel that fits; of all correlations when the channel is that of any.
     *
     * @param fits asked of events in order of their coming
     */
    Optional<PublishedEvent> take(Channel channel, Predicate<PublishedEvent> fits);

    // waits

    void open(Collection<OpenWait> waits);

    /** From here on the end of this child is waited for. */
    void openChild(RunId run, int ordinal, RunId child, boolean cancelWithParent);

    /** A child has ended; whoever waits for that is told. */
    void childEnded(RunId child, @Nullable Payload output, @Nullable Failure failure, Instant now);

    /** What is to be seen to: runs for which something has come, and orphans; the oldest first. */
    List<Ready> ready(int max);

    /**
     * A run to be seen to.
     *
     * @param orphan present when it is this child that is to be cancelled, because the run, its parent, has ended
     */
    record Ready(RunId run, Optional<RunId> orphan) {}

    /** What has come for these runs and was not yet delivered, in order of coming. */
    List<Arrival> arrivals(Collection<RunId> runs);

    /** A checkpoint waits for nothing more. */
    default void close(RunId run, int ordinal) {
        close(Map.of(run, Set.of(ordinal)));
    }

    /** These checkpoints, by run, wait for nothing more. */
    void close(Map<RunId, ? extends Set<Integer>> checkpoints);

    /** What has come is delivered; the rest of its checkpoint goes on waiting. */
    void delivered(Collection<Arrival> arrivals);

    /** These runs have ended: they wait for nothing, and children that are to be cancelled with them are orphans now. */
    void closeAll(Collection<RunId> runs);

    /** These orphans have been seen to. */
    void adopted(Collection<RunId> orphans);
}
