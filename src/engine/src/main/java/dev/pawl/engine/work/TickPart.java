package dev.pawl.engine.work;

/** What timers do beside the rounds of the engine itself; a tick from outside does it, too. */
public interface TickPart {

    /** Does once what is due now, and says how much of it there was. */
    Maintenance.TickCounts once();
}
