package dev.pawl.api;

/**
 * Something with settings of its own. A run's {@code config} may hold an object under the stage's id; its members replace
 * those of {@link #defaults()}, and the result must be accepted by {@code C} before the run is created.
 */
public interface Configured<C extends Record> {

    /** The settings of a run that names none. */
    C defaults();
}
