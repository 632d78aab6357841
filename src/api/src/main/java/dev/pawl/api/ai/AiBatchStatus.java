package dev.pawl.api.ai;

/**
 * How far a batch is.
 *
 * @param total prompts; counts are 0 where the provider tells none
 */
public record AiBatchStatus(State state, long total, long completed, long failed) {

    public enum State {
        IN_PROGRESS,
        /** There are results, of some prompts perhaps errors. */
        COMPLETED,
        /** The provider refused the whole batch. */
        FAILED,
        /** The provider's time was up; there are results of what it had answered by then. */
        EXPIRED,
        /** Given up; there are results of what was answered by then. */
        CANCELLED
    }

    /** Whether nothing more will come. */
    public boolean isFinished() {
        return state != State.IN_PROGRESS;
    }
}
