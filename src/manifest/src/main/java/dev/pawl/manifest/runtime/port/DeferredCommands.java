package dev.pawl.manifest.runtime.port;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes {@code async} commands, in the transaction that checked them, to run them later as a job. */
@FunctionalInterface
public interface DeferredCommands {
    /** A host without jobs: async commands are refused. */
    DeferredCommands NONE = job -> Optional.empty();

    /** The id of the job; empty when the host takes none. */
    Optional<String> defer(Job job);

    /**
     * An async command whose policies, constraints and guards have passed.
     *
     * @param tenant of the caller
     * @param instanceId absent when the command makes its instance
     * @param context of the caller
     */
    record Job(
            String tenant,
            @Nullable String entity,
            String command,
            @Nullable String instanceId,
            ObjectNode input,
            ObjectNode context,
            String correlationId,
            String causationId) {}
}
