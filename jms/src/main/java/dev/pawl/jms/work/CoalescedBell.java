package dev.pawl.jms.work;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Strikes once for many rings. Each ring is followed by a strike that begins after it; between two strikes lies a rest,
 * however often it rings.
 */
final class CoalescedBell {

    /** Runs an action later, on another thread. */
    interface Later {
        void run(Duration delay, Runnable action);
    }

    private enum State {
        SILENT,
        /** A strike is due and has not begun: it answers every ring until it begins. */
        DUE,
        /** The strike began; rings from now on are not answered by it. */
        RESTING,
        RUNG_AGAIN
    }

    private final Later later;
    private final Duration delay;
    private final Duration rest;
    private final Runnable strike;
    private final AtomicReference<State> state = new AtomicReference<>(State.SILENT);

    /**
     * @param delay from the first ring to its strike
     * @param rest from one strike to the next at least
     * @param strike what it throws is not caught here, and ends no more than this strike
     */
    CoalescedBell(Later later, Duration delay, Duration rest, Runnable strike) {
        this.later = later;
        this.delay = delay;
        this.rest = rest;
        this.strike = strike;
    }

    void ring() {
        State before = state.getAndUpdate(now -> switch (now) {
            case SILENT, DUE -> State.DUE;
            case RESTING, RUNG_AGAIN -> State.RUNG_AGAIN;
        });
        if (before == State.SILENT) {
            schedule(delay, this::strikeNow);
        }
    }

    private void strikeNow() {
        state.set(State.RESTING);
        try {
            strike.run();
        } finally {
            // a bell whose strike failed must ring again
            schedule(rest, this::rested);
        }
    }

    private void rested() {
        if (!state.compareAndSet(State.RESTING, State.SILENT)) {
            strikeNow();
        }
    }

    /** A scheduler that takes nothing more belongs to a server that is stopping: timers of the others look anyway. */
    private void schedule(Duration wait, Runnable action) {
        try {
            later.run(wait, action);
        } catch (RejectedExecutionException e) {
            state.set(State.SILENT);
        }
    }
}
