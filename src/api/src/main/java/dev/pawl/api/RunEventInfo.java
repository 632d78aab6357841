package dev.pawl.api;

import java.time.Instant;
import java.util.Map;

/**
 * An event in the history of a run.
 *
 * @param id the same each time the event comes, and that of the event on the topic: to tell repetitions by
 * @param sequence in the run, from 1; a listener that does not ask for every type sees gaps
 * @param type a name of the catalogue, {@code stage:completed} for instance
 * @param causationId the command that caused it
 * @param payload what the event says, as values of Java: texts, numbers, booleans, lists, maps
 * @param attempt the number of this call with this event, from 1
 */
public record RunEventInfo(
        String id,
        String runId,
        String workflowId,
        String tenant,
        String correlationId,
        long sequence,
        String type,
        Instant occurredAt,
        String causationId,
        Map<String, Object> payload,
        int attempt) {}
