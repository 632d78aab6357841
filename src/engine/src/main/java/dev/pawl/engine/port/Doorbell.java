package dev.pawl.engine.port;

import java.time.Instant;

/**
 * Tells others that there is something to look for in the database. A ring may be lost, doubled or late; timers look
 * anyway.
 */
public interface Doorbell {
    /** There is work for step workers: runs to claim or steps that are due. */
    void work();

    /** There will be work for step workers at this time. Only this server needs to know; others find it when they look. */
    void workAt(Instant due);

    /** There are events to relay. */
    void events();

    /** There are events for listeners of the application. */
    void deliveries();

    /** Limits have something to be seen to: somebody came, began, or gave a place back. */
    void limits();
}
