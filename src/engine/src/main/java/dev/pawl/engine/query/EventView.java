package dev.pawl.engine.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/** One entry of a run's history. */
public record EventView(long sequence, String type, Instant occurredAt, String causationId, JsonNode payload) {}
