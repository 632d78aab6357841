package dev.pawl.engine.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What never changes in the life of a run.
 *
 * @param trace the trace it was created in
 */
public record RunHeader(
        RunId id,
        String tenant,
        String workflowId,
        int workflowVersion,
        int priority,
        String correlationId,
        String principal,
        @Nullable RunId parent,
        Instant createdAt,
        @Nullable TraceContext trace) {

    /** A run outside any trace. */
    public RunHeader(
            RunId id,
            String tenant,
            String workflowId,
            int workflowVersion,
            int priority,
            String correlationId,
            String principal,
            @Nullable RunId parent,
            Instant createdAt) {
        this(id, tenant, workflowId, workflowVersion, priority, correlationId, principal, parent, createdAt, null);
    }
}
