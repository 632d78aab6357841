package dev.pawl.engine.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a stream was told and has not taken. It holds so much and no more; whoever lets it overflow reads from the database
 * what was lost.
 */
final class Inbox {

    /**
     * What was told.
     *
     * @param known how far the feeds were seen when the last of it was told
     * @param lost whether some of it is missing here
     */
    record Told(List<FeedEntry> entries, Map<Character, FeedTail.Snapshot> known, boolean lost) {}

    private final int most;
    private final ArrayDeque<FeedEntry> waiting = new ArrayDeque<>();
    private Map<Character, FeedTail.Snapshot> known = Map.of();
    private boolean lost;

    Inbox(int most) {
        this.most = most;
    }

    synchronized void put(List<FeedEntry> entries, Map<Character, FeedTail.Snapshot> seen) {
        lost |= waiting.size() + entries.size() > most;
        if (lost) {
            waiting.clear();
        } else {
            waiting.addAll(entries);
        }
        known = seen;
    }

    synchronized Told drain() {
        Told told = new Told(new ArrayList<>(waiting), known, lost);
        clear();
        return told;
    }

    synchronized void clear() {
        waiting.clear();
        known = Map.of();
        lost = false;
    }
}
