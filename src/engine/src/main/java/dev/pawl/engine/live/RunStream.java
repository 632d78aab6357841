package dev.pawl.engine.live;

import dev.pawl.engine.event.EventType;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.RunEvent;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.query.EventView;
import dev.pawl.engine.query.LogView;
import dev.pawl.engine.query.Page;
import dev.pawl.engine.query.RunQueries;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The history of a run from a place on, then what follows, until the run ends; with it, if wanted, the lines of its log.
 * Because sequences have no gaps, an event that is not the next one shows that some were not told, and they are read.
 */
final class RunStream extends ToldStream {

    private static final int EVENTS_AT_ONCE = 200;
    private static final int FRAMES_AT_ONCE = 500;

    private final RunQueries queries;
    private final RunId run;
    private final boolean wantsLines;
    private final RunLines lines;
    private final AtomicBoolean newLines = new AtomicBoolean();
    private final ArrayDeque<EventView> ready = new ArrayDeque<>();

    private long last;
    private boolean behind = true;
    private boolean lookedThoroughly;
    private volatile boolean over;

    /** @param ring told when there is something to take; returns at once */
    RunStream(
            LiveEvents live,
            RunQueries queries,
            RunId run,
            RunPlace from,
            boolean wantsLines,
            LiveSettings settings,
            Runnable ring) {
        super(live, settings, ring);
        this.queries = queries;
        this.run = run;
        this.last = from.sequence();
        this.wantsLines = wantsLines;
        this.lines = new RunLines(queries, run, from.newestLine());
    }

    /** Called once, before anything is taken. */
    void open() {
        live.join(this, () -> {});
    }

    @Override
    void goOn(List<Frame> frames) {
        if (newLines.getAndSet(false)) {
            lines.lookAgain();
        }
        if (ready.isEmpty() && !readOrHear()) {
            frames.add(Dropped.tooSlow(place()));
            end();
            return;
        }
        boolean event = show(frames);
        if (event && !over && lines.newest() != null) {
            frames.add(Frame.place(place()));
        }
        if (breath.isDue(frames)) {
            frames.add(Frame.stillThere());
        }
    }

    /** Answers false when the listener is too slow to be served. */
    private boolean readOrHear() {
        if (!behind) {
            Inbox.Told told = inbox.drain();
            if (told.lost() && pace.isTooSlow()) {
                return false;
            }
            behind = told.lost();
            told.entries().forEach(entry -> entry.events().forEach(this::hear));
        }
        if (behind) {
            // what is told before the reading is read, what is told after it waits for the next time
            inbox.clear();
            Page<EventView> part = queries.events(run, last, EVENTS_AT_ONCE);
            ready.addAll(part.items());
            behind = part.next() != null;
        }
        return true;
    }

    private void hear(RunEvent event) {
        long next = (ready.isEmpty() ? last : ready.getLast().sequence()) + 1;
        if (!behind && event.sequence() == next) {
            ready.add(new EventView(
                    event.sequence(),
                    event.type(),
                    event.occurredAt(),
                    event.causationId(),
                    JsonCodec.parse(event.payload())));
        } else if (event.sequence() > next) {
            behind = true;
            ready.clear();
        }
    }

    /** Shows what is ready, each line before the event it was written before; answers whether there was an event. */
    private boolean show(List<Frame> frames) {
        boolean event = false;
        while (frames.size() < FRAMES_AT_ONCE && !ready.isEmpty()) {
            EventView next = ready.element();
            boolean ends = ready.size() == 1 && !behind && EventType.endsRun(next.type());
            if (ends && !lookedThoroughly) {
                lookedThoroughly = true;
                lines.lookThoroughly();
            }
            LogView line = lineUpTo(ends ? Instant.MAX : next.occurredAt());
            if (line != null) {
                frames.add(frame(line));
            } else {
                ready.remove();
                last = next.sequence();
                event = true;
                frames.add(new Frame(Long.toString(last), FrameName.of(next.type()), JsonCodec.write(next)));
                if (ends) {
                    end();
                    return true;
                }
            }
        }
        while (frames.size() < FRAMES_AT_ONCE && !behind && ready.isEmpty()) {
            LogView line = lineUpTo(Instant.MAX);
            if (line == null) {
                return event;
            }
            frames.add(frame(line));
            event = false;
        }
        return event;
    }

    private @Nullable LogView lineUpTo(Instant time) {
        return wantsLines ? lines.nextUpTo(time) : null;
    }

    private Frame frame(LogView line) {
        return new Frame(place(), FrameName.LOG, JsonCodec.write(line));
    }

    @Override
    String place() {
        return new RunPlace(last, lines.newest()).toString();
    }

    @Override
    void end() {
        over = true;
        close();
    }

    @Override
    public boolean isOver() {
        return over;
    }

    @Override
    public Optional<RunId> run() {
        return Optional.of(run);
    }

    @Override
    public boolean wantsLines() {
        return wantsLines;
    }

    @Override
    public void happened(List<FeedEntry> entries, Map<Character, FeedTail.Snapshot> known) {
        inbox.put(entries, known);
        ring();
    }

    @Override
    public void linesWritten() {
        newLines.set(true);
        ring();
    }
}
