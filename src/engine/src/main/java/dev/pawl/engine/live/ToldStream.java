package dev.pawl.engine.live;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What every live stream does alike: it joins and leaves, keeps to its listener's pace, and ends when the server does. */
abstract class ToldStream implements LiveStream, Listener {

    final LiveEvents live;
    final Inbox inbox;
    final Pace pace;
    final Breath breath;
    private final Runnable ring;
    private volatile boolean goingDown;

    /** @param ring told when there is something to take; returns at once */
    ToldStream(LiveEvents live, LiveSettings settings, Runnable ring) {
        this.live = live;
        this.inbox = new Inbox(settings.buffer());
        this.pace = new Pace(live.clock(), settings.patience());
        this.breath = new Breath(settings.breathEvery());
        this.ring = ring;
    }

    @Override
    public final List<Frame> take() {
        List<Frame> frames = new ArrayList<>();
        if (!isOver()) {
            if (goingDown) {
                frames.add(Dropped.goingDown(place()));
                end();
            } else {
                goOn(frames);
            }
        }
        pace.hand(!frames.isEmpty());
        return frames;
    }

    /** Adds what there is to show now. */
    abstract void goOn(List<Frame> frames);

    /** From where a listener goes on who was told all up to here. */
    abstract String place();

    /** Nothing comes any more; the stream is over and has left. */
    abstract void end();

    final void ring() {
        ring.run();
    }

    @Override
    public final void goDown() {
        goingDown = true;
        ring.run();
    }

    @Override
    public final void close() {
        live.leave(this);
    }

    @Override
    public final void tick(Instant now) {
        if (breath.tick(now)) {
            ring.run();
        }
    }
}
