package dev.pawl.manifest.host;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.runtime.Caller;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sagas of the running programs, as a server's doors see them. */
public interface Sagas {
    /**
     * Starts a saga and answers the id of its run; empty when no program declares it.
     *
     * @param key makes a repetition answer with the run that was started first
     * @throws IllegalArgumentException when {@code steps} names a step the saga does not have
     */
    Optional<String> start(
            String saga,
            ObjectNode input,
            ObjectNode steps,
            Caller caller,
            @Nullable String correlationId,
            @Nullable String key);
}
