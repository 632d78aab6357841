package dev.pawl.api;

import java.util.Map;

/**
 * The run a piece of user code works for.
 *
 * @param principal who started it; {@code anonymous} when nobody was authenticated
 * @param metadata what the starter attached, as given
 */
public record RunInfo(
        String id,
        String tenant,
        String workflowId,
        int workflowVersion,
        String correlationId,
        int priority,
        String principal,
        Map<String, Object> metadata) {}
