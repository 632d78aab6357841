package dev.pawl.engine.model;

/** Names an entry of the outbox, the way its lane knows it. */
public sealed interface EntryName {

    OutboxLane lane();

    /** Deliveries that failed so far. */
    int attempts();

    /**
     * An entry that was not tried yet.
     *
     * @param slip that lists it, together with what else its transaction recorded
     * @param position number of what was recorded among all that was recorded of its kind
     */
    record Fresh(long slip, long position) implements EntryName {
        @Override
        public OutboxLane lane() {
            return OutboxLane.FRESH;
        }

        @Override
        public int attempts() {
            return 0;
        }
    }

    /** An entry that failed. */
    record Late(EntryKey key, int attempts) implements EntryName {
        @Override
        public OutboxLane lane() {
            return OutboxLane.LATE;
        }
    }
}
