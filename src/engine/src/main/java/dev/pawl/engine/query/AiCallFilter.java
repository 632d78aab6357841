package dev.pawl.engine.query;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which calls of models are meant; what is absent does not matter.
 *
 * @param topic what the topic begins with
 * @param model what the operator calls it
 * @param from made at or after
 * @param to made before
 */
public record AiCallFilter(
        String tenant,
        @Nullable String topic,
        @Nullable String model,
        @Nullable Instant from,
        @Nullable Instant to) {}
