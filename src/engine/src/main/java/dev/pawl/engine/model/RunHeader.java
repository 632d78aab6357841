package dev.pawl.engine.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What never changes in the life of a run. */
public record RunHeader(
        RunId id,
        String tenant,
        String workflowId,
        int workflowVersion,
        int priority,
        String correlationId,
        String principal,
        @Nullable RunId parent,
        Instant createdAt) {}
