package dev.pawl.engine.model.limit;

/** Where a ticket is in its life. */
public enum TicketState {
    /** Waits; nobody has looked at it yet. */
    NEW,
    /** Waits in its lane. */
    WAITING,
    /** Let in; its run has not been told. */
    GRANTED,
    /** Let in; its run may be claimed and has not begun. */
    READY,
    /** Its run has begun; nobody has looked at that yet. */
    BEGUN,
    /** Let in and at work. */
    HELD,
    /** Given back; nobody has looked at that yet. */
    DONE;

    /** Whether it takes one of the places of its scope and lane. */
    public boolean isIn() {
        return this == GRANTED || this == READY || this == BEGUN || this == HELD;
    }
}
