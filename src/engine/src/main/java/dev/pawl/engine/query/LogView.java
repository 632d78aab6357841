package dev.pawl.engine.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** One line of a run's log. */
public record LogView(Instant at, String level, String stage, int attempt, String message, JsonNode metadata) {}
