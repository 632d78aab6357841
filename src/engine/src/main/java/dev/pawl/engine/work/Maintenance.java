package dev.pawl.engine.work;

/** What the timers do, done once on demand: for hosts that drive the engine from outside, with timers off. */
public interface Maintenance {

    /** Claims, polls, reaps and relays once each, and says how much of it there was. */
    TickCounts tick();

    /**
     * What one tick did.
     *
     * @param claimed pending runs started
     * @param polled suspended stages that workers were sent to ask
     * @param reaped steps taken back from workers whose lease ran out
     * @param relayed outbox entries delivered
     */
    record TickCounts(int claimed, int polled, int reaped, int relayed) {}
}
