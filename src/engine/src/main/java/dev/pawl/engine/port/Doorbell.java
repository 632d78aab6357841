package dev.pawl.engine.port;

/**
 * Tells others that there is something to look for in the database. A ring may be lost, doubled or late; timers look
 * anyway.
 */
public interface Doorbell {
    /** There is work for step workers: runs to claim or steps that are due. */
    void work();

    /** There are events to relay. */
    void events();

    /** There are events for listeners of the application. */
    void deliveries();
}
