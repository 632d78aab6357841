package dev.pawl.manifest.runtime.port;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries out the {@code effect} actions of commands, inside the command's transaction. A command that is tried again
 * performs its effects again; a handler that cannot bear that writes them down instead and performs them after the commit.
 */
@FunctionalInterface
public interface EffectHandler {
    /** A host without effects: every effect is refused. */
    EffectHandler NONE = effect -> Optional.empty();

    /** The effect's result, which becomes the action's result; empty when the host has no such effect. */
    Optional<JsonNode> perform(Effect effect);

    /** An effect with its evaluated argument. */
    record Effect(@Nullable String name, JsonNode argument, EntityEvent.Subject subject) {}
}
