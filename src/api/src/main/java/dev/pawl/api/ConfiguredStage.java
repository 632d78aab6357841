package dev.pawl.api;

/**
 * A stage with settings of its own. A run's {@code config} may hold an object under the stage's id; its members replace
 * those of {@link #defaults()}, and the result must be accepted by {@code C} before the run is created.
 */
public interface ConfiguredStage<I, O, C extends Record> extends Stage<I, O> {

    /** The settings of a run that names none. */
    C defaults();

    O execute(StageContext context, I input, C config) throws Exception;

    @Override
    default O execute(StageContext context, I input) throws Exception {
        @SuppressWarnings("unchecked")
        Class<C> type = (Class<C>) defaults().getClass();
        return execute(context, input, context.config(type));
    }
}
