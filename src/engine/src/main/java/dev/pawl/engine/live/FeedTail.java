package dev.pawl.engine.live;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * The end of a feed as it grows. A number left out belongs to a transaction that has not ended or has rolled back; it is
 * looked for again until nobody would expect it any more.
 */
final class FeedTail {

    /** Numbers looked at when the tail begins: transactions under way then have numbers among them. */
    private static final int LOOK_BACK = 5_000;

    private static final int MOST_HOLES = 1_000;
    private static final int AT_ONCE = 500;
    private static final int MOST_PARTS = 10;

    /** A transaction that lasts longer has no part in live streams. */
    private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(10);

    /** How far the feed has been seen, and the numbers up to there that may yet come. */
    record Snapshot(long position, List<Long> holes) {
        Snapshot {
            holes = List.copyOf(holes);
        }

        /** Those greater than {@code after} and less than {@code before}. */
        List<Long> holesBetween(long after, long before) {
            return holes.stream().filter(hole -> hole > after && hole < before).toList();
        }
    }

    private final EventFeed feed;
    private final NavigableMap<Long, Instant> holes = new TreeMap<>();
    private long position;

    FeedTail(EventFeed feed, Instant now) {
        this.feed = feed;
        this.position = feed.end();
        long from = Math.max(0, position - LOOK_BACK);
        Set<Long> seen = new HashSet<>(feed.positions(from, position));
        for (long number = position; number > from && holes.size() < MOST_HOLES; number--) {
            if (!seen.contains(number)) {
                holes.put(number, now);
            }
        }
    }

    EventFeed feed() {
        return feed;
    }

    Snapshot snapshot() {
        return new Snapshot(position, new ArrayList<>(holes.keySet()));
    }

    /** Adds what is seen for the first time: late ones, then new ones, in order. */
    void look(Instant now, List<FeedEntry> happened) {
        int parts = 0;
        List<FeedEntry> part;
        do {
            part = feed.read(position, Long.MAX_VALUE, AT_ONCE);
            // looked for after the new ones were, so that what one of these follows is not missed and comes before it
            if (!holes.isEmpty()) {
                List<FeedEntry> late = feed.at(holes.keySet());
                late.forEach(entry -> holes.remove(entry.position()));
                happened.addAll(late);
            }
            for (FeedEntry entry : part) {
                between(position, entry.position()).forEach(number -> holes.put(number, now));
                position = entry.position();
                happened.add(entry);
            }
            forgetSome(now);
            parts++;
        } while (part.size() == AT_ONCE && parts < MOST_PARTS);
    }

    /** Numbers left out on the way from one append to the next; of a great many, only the last ones are waited for. */
    static List<Long> between(long before, long next) {
        return LongStream.range(Math.max(before + 1, next - MOST_HOLES), next)
                .boxed()
                .toList();
    }

    private void forgetSome(Instant now) {
        while (holes.size() > MOST_HOLES) {
            holes.pollFirstEntry();
        }
        holes.values().removeIf(since -> since.plus(LONGEST_TRANSACTION).isBefore(now));
    }
}
