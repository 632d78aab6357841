package dev.pawl.engine.model;

import java.time.Instant;

/**
 * An annotation as a store keeps it.
 *
 * @param id greater than those of earlier ones of the same run
 * @param madeBy principal, or the stage after {@code stage:}
 */
public record RunAnnotation(
        RunId run,
        long id,
        String stepId,
        int attempt,
        String name,
        String type,
        String json,
        String madeBy,
        Instant createdAt) {}
