package dev.pawl.engine.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * One line of a run's log.
 *
 * @param id tells it from others, should it be seen twice
 */
public record LogView(
        String id, Instant at, String level, String stage, int attempt, String message, JsonNode metadata) {}
