package dev.pawl.engine.port;

import dev.pawl.engine.model.Delivery;
import dev.pawl.engine.model.DeliveryKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What listeners are still to hear. Of one run a listener hears one event at a time and in order: the next one can be taken
 * when nothing before it is left.
 *
 * <p>Who takes an event holds it until a time that can be extended; a later holder tells by the attempt, which counts up
 * each time it is taken.
 */
public interface ListenerDeliveries {

    /**
     * An event to be heard.
     *
     * @param firstSequence of what was recorded together with it, see {@link EventOutbox.Entry}
     */
    record Pending(DeliveryKey key, long firstSequence) {}

    /**
     * An event as its holder knows it.
     *
     * @param owner who took it
     */
    record Hold(DeliveryKey key, String owner, int attempt) {}

    /** From now on these are to be heard. */
    void add(Collection<Pending> events, Instant now);

    /** Those of these listeners that may have something to take. */
    Set<String> due(Collection<String> listeners, Instant now);

    /** Takes what is due for a listener, of each run the first, and counts the attempt; it is due again after {@code until}. */
    List<Delivery> take(String listener, int max, String owner, Instant now, Instant until);

    /** Everything this owner holds is due after {@code until} now. */
    void extend(String owner, Instant until);

    /** Makes due what former incarnations of this node held; answers how much that was. */
    int release(String node, String currentOwner, Instant now);

    /** It was heard; the next one of its run is due. Answers false when the holder holds it no more. */
    boolean heard(Hold held, Instant now);

    /** The call failed: it is due again later, and what comes after it in its run is no sooner. Answers as {@link #heard} does. */
    boolean postpone(Hold held, Instant due, String reason);

    /** Gives up: it becomes a dead letter of the listener, and the next one of its run is due. Answers as {@link #heard} does. */
    boolean bury(Hold held, String reason, Instant now);
}
