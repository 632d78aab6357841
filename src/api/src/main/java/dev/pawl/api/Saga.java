package dev.pawl.api;

import org.jspecify.annotations.Nullable;

/**
 * Work that is undone when it cannot be brought to its end. Compensations are registered before the calls they undo, since
 * a call may have had its effect though nobody heard of it; each must therefore tolerate that there is nothing to undo.
 *
 * <pre>{@code
 * Saga saga = ctx.saga();
 * return saga.run(() -> {
 *     saga.onFailure("cancel-flight", () -> flights.cancel(trip.id()));
 *     ctx.step("book-flight", Booking.class, () -> flights.book(trip));
 *     …
 * });
 * }</pre>
 *
 * <p>Compensations are steps: they run once each, in reverse order of registration, have retries of their own, and survive
 * restarts. They also run when the run is cancelled with the wish to compensate.
 */
public interface Saga {

    /** Registers a step to be run when the saga fails. */
    default void onFailure(String name, StepAction compensation) {
        onFailure(name, StepOptions.DEFAULT, compensation);
    }

    default void onFailure(String name, StepOptions options, StepAction compensation) {
        onFailure(name, options, step -> compensation.run());
    }

    /** Registers a step to be run when the saga fails; its idempotency key is that of the compensation. */
    default void onFailure(String name, StepTask compensation) {
        onFailure(name, StepOptions.DEFAULT, compensation);
    }

    void onFailure(String name, StepOptions options, StepTask compensation);

    /**
     * Runs the work. When it throws, the compensations run and the same exception is thrown on; what compensations threw
     * in turn is added to it as suppressed.
     */
    <T extends @Nullable Object, X extends Exception> T run(Work<T, X> work) throws X;

    /** What a saga does. */
    @FunctionalInterface
    interface Work<T extends @Nullable Object, X extends Exception> {
        T call() throws X;
    }
}
