package dev.pawl.engine.model;

import org.jspecify.annotations.Nullable;

/**
 * A child that durable code wants started.
 *
 * @param runId derived from the parent and the place, so that it is started once
 * @param input JSON
 * @param cancelWithParent whether it is cancelled when the parent has ended before it
 */
public record ChildStart(
        String runId,
        String workflowId,
        @Nullable Integer version,
        String input,
        @Nullable Integer priority,
        @Nullable String correlationId,
        boolean cancelWithParent) {}
