package dev.pawl.engine.work;

/** What the timers do, done once on demand: for hosts that drive the engine from outside, with timers off. */
public interface Maintenance {

    /** Does everything that is due by time, claims, polls, reaps and relays once each, and says how much of it there was. */
    TickCounts tick();

    /**
     * What one tick did.
     *
     * @param claimed pending runs started
     * @param polled suspended stages that workers were sent to ask
     * @param reaped steps taken back from workers whose lease ran out
     * @param relayed outbox entries delivered
     * @param fired commands started because a schedule was due
     * @param expired requests for approval whose time was over
     */
    record TickCounts(int claimed, int polled, int reaped, int relayed, int fired, int expired) {

        public static final TickCounts NONE = new TickCounts(0, 0, 0, 0, 0, 0);

        public TickCounts plus(TickCounts more) {
            return new TickCounts(
                    claimed + more.claimed,
                    polled + more.polled,
                    reaped + more.reaped,
                    relayed + more.relayed,
                    fired + more.fired,
                    expired + more.expired);
        }
    }
}
