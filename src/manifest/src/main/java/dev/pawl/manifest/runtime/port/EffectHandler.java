package dev.pawl.manifest.runtime.port;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Carries out the {@code effect} actions of commands. It takes an effect within the command's transaction, when everything
 * else of the command has succeeded, and performs it once that has been committed: then, and only then.
 */
public interface EffectHandler {
    /** A host without effects: every effect is refused. */
    EffectHandler NONE = new EffectHandler() {
        @Override
        public boolean performs(String name) {
            return false;
        }

        @Override
        public void take(Effect effect) {
            throw new IllegalStateException("nothing here performs the effect '" + effect.name() + "'");
        }
    };

    /** What an effect without a name of its own is called. */
    String UNNAMED = "default";

    /** Whether there is anything that performs effects of this name. */
    boolean performs(String name);

    void take(Effect effect);

    /**
     * An effect with its evaluated argument.
     *
     * @param id the same however often the effect is tried; for whoever receives it to know a repetition by
     * @param context of the caller of the command
     */
    record Effect(
            String id,
            String tenant,
            String name,
            JsonNode argument,
            EntityEvent.Subject subject,
            ObjectNode context,
            String correlationId) {}
}
