package dev.pawl.engine.model;

import java.time.Instant;

/**
 * One fact in the history of a run.
 *
 * @param sequence from 1, without gaps inside a run
 * @param type a name of the catalogue, {@code stage:completed} for instance
 * @param causationId the command that caused it
 * @param payload JSON object
 */
public record RunEvent(long sequence, String type, Instant occurredAt, String causationId, String payload) {}
