package dev.pawl.engine.live;

import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.model.RunId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The events of a tenant, from a cursor on or from now on. What happened since the cursor is read from history as the
 * listener takes it; then the stream lets itself be told, reads what came in between, and is live.
 */
final class TenantStream extends ToldStream {

    private static final int AT_ONCE = 200;

    private enum Stage {
        BEHIND,
        /** What happens from here on waits in the inbox; what happened up to here is still being read. */
        TOLD,
        LIVE,
        OVER
    }

    private final EventFilter filter;
    private final FeedCursor cursor;
    private Map<Character, FeedTail.Snapshot> known = Map.of();
    private boolean begun;
    private volatile Stage stage = Stage.BEHIND;

    /** @param ring told when there is something to take; returns at once */
    TenantStream(LiveEvents live, EventFilter filter, FeedCursor cursor, LiveSettings settings, Runnable ring) {
        super(live, settings, ring);
        this.filter = filter;
        this.cursor = cursor;
    }

    /** Called once, before anything is taken. */
    void open() {
        boolean behind = cursor.isBehind();
        known = live.join(this, () -> stage = behind ? Stage.BEHIND : Stage.LIVE);
        cursor.beginAt(known);
    }

    @Override
    void goOn(List<Frame> frames) {
        if (!begun) {
            begun = true;
            frames.add(Frame.place(place()));
        }
        while (frames.isEmpty() && stage == Stage.BEHIND) {
            catchUp(frames);
        }
        while (frames.isEmpty() && stage == Stage.TOLD) {
            closeUp(frames);
        }
        if (frames.isEmpty() && stage == Stage.LIVE) {
            follow(frames);
        }
        if (breath.isDue(frames)) {
            frames.add(Frame.place(place()));
        }
    }

    /** One part of what happened before. */
    private void catchUp(List<Frame> frames) {
        known = live.snapshots(() -> {});
        if (!readPart(frames)) {
            known = live.snapshots(() -> {
                inbox.clear();
                stage = Stage.TOLD;
            });
        }
    }

    /** What came between the last part and being told. */
    private void closeUp(List<Frame> frames) {
        if (!readPart(frames)) {
            stage = Stage.LIVE;
        }
    }

    private void follow(List<Frame> frames) {
        Inbox.Told told = inbox.drain();
        if (told.lost() && pace.isTooSlow()) {
            frames.add(Dropped.tooSlow(place()));
            end();
        } else if (told.lost()) {
            stage = Stage.BEHIND;
            catchUp(frames);
        } else {
            show(told, frames);
        }
    }

    /** What came late is shown first: what it is followed by in its own history has a greater number. */
    private void show(Inbox.Told told, List<Frame> frames) {
        List<FeedEntry> entries = new ArrayList<>(told.entries());
        entries.sort(Comparator.comparing(FeedEntry::feed).thenComparing(FeedEntry::position));
        for (FeedEntry entry : entries) {
            long position = cursor.in(entry.feed()).position();
            show(entry, told.known().get(entry.feed()).holesBetween(position, entry.position()), frames);
        }
        told.known().forEach((feed, seen) -> {
            Place place = cursor.in(feed);
            place.moveTo(seen.position(), seen.holesBetween(place.position(), seen.position()));
            place.keepOpen(seen.holes());
        });
    }

    /** Whether there may be more up to where the feeds are known. */
    private boolean readPart(List<Frame> frames) {
        boolean more = false;
        for (EventFeed feed : live.feeds()) {
            more |= readPart(feed, frames);
        }
        return more;
    }

    private boolean readPart(EventFeed feed, List<Frame> frames) {
        Place place = cursor.in(feed.letter());
        FeedTail.Snapshot end = known.get(feed.letter());
        if (end == null) {
            return false;
        }
        List<FeedEntry> part =
                place.position() < end.position() ? feed.read(place.position(), end.position(), AT_ONCE) : List.of();
        // looked for after the others were read, so that what one of these follows is not missed and comes before it
        if (place.isOpen()) {
            feed.at(place.open()).forEach(late -> show(late, List.of(), frames));
            place.keepOpen(end.holes());
        }
        part.forEach(entry -> show(entry, end.holesBetween(place.position(), entry.position()), frames));
        if (part.size() < AT_ONCE) {
            place.moveTo(end.position(), end.holesBetween(place.position(), end.position()));
        }
        return part.size() == AT_ONCE;
    }

    private void show(FeedEntry entry, List<Long> missing, List<Frame> frames) {
        Place place = cursor.in(entry.feed());
        long number = entry.position();
        if (!place.wants(number)) {
            return;
        }
        int from = place.taken(number);
        place.moveTo(number, missing);
        List<RunEvent> events = entry.events();
        if (filter.wants(entry.entry())) {
            for (int i = from; i < events.size(); i++) {
                place.take(number, i + 1, events.size());
                String type = events.get(i).type();
                if (filter.wants(type)) {
                    frames.add(new Frame(place(), FrameName.of(type), entry.text(i)));
                }
            }
        }
        place.take(number, events.size(), events.size());
    }

    @Override
    String place() {
        return cursor.toString();
    }

    @Override
    void end() {
        stage = Stage.OVER;
        close();
    }

    @Override
    public boolean isOver() {
        return stage == Stage.OVER;
    }

    @Override
    public Optional<RunId> run() {
        return Optional.empty();
    }

    @Override
    public boolean wantsLines() {
        return false;
    }

    @Override
    public void happened(List<FeedEntry> entries, Map<Character, FeedTail.Snapshot> seen) {
        if (stage == Stage.TOLD || stage == Stage.LIVE) {
            List<FeedEntry> wanted = entries.stream()
                    .filter(entry -> filter.wants(entry.entry()))
                    .toList();
            inbox.put(wanted, seen);
            if (!wanted.isEmpty()) {
                ring();
            }
        }
    }

    @Override
    public void linesWritten() {
        // events alone are wanted here
    }
}
