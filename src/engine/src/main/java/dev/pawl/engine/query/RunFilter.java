package dev.pawl.engine.query;

import dev.pawl.engine.model.RunStatus;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which runs to list; what is absent does not restrict.
 *
 * @param from created at or after
 * @param to created before
 * @param text a part of the run id, workflow id or correlation id
 */
public record RunFilter(
        String tenant,
        @Nullable String workflowId,
        Set<RunStatus> statuses,
        @Nullable String correlationId,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String text) {

    public static RunFilter ofTenant(String tenant) {
        return new RunFilter(tenant, null, Set.of(), null, null, null, null);
    }
}
