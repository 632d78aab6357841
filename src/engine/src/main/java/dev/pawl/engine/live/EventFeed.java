package dev.pawl.engine.live;

import java.util.Collection;
import java.util.List;

/**
 * A history that many transactions append to. Each append bears a number greater than those given out before it; it is
 * seen once its transaction has committed, which may be after that of a greater number, and never when it rolled back. What
 * belongs to one run, or to one instance of an entity, is numbered and seen in its own order.
 */
public interface EventFeed {

    /** Names the feed in cursors: a lower-case letter that no other feed has. */
    char letter();

    /** The greatest number seen, 0 when there is none. */
    long end();

    /** The numbers seen, of those greater than {@code after} and not greater than {@code upTo}. */
    List<Long> positions(long after, long upTo);

    /** Appends whose numbers are greater than {@code after} and not greater than {@code upTo}, in order. */
    List<FeedEntry> read(long after, long upTo, int max);

    /** Those of these appends that are seen by now, in order. */
    List<FeedEntry> at(Collection<Long> positions);
}
