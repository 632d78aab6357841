package dev.pawl.api;

/** A stage that is called with its settings; see {@link Configured}. */
public interface ConfiguredStage<I, O, C extends Record> extends Stage<I, O>, Configured<C> {

    O execute(StageContext context, I input, C config) throws Exception;

    @Override
    default O execute(StageContext context, I input) throws Exception {
        @SuppressWarnings("unchecked")
        Class<C> type = (Class<C>) defaults().getClass();
        return execute(context, input, context.config(type));
    }
}
