package dev.pawl.engine.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.port.EventOutbox.About;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event of a flow: of a run, or of an entity command.
 *
 * @param id as on the topic
 * @param stream the run, or the name of the history of an instance
 * @param sequence in that history, from 1
 * @param workflowId of the run; absent for an entity command
 * @param parentRunId of the run, if it has one
 * @param about what the event of an entity command is about; absent for a run
 */
public record FlowEvent(
        String id,
        String stream,
        long sequence,
        String type,
        Instant occurredAt,
        String tenant,
        String correlationId,
        String causationId,
        JsonNode payload,
        @Nullable String workflowId,
        @Nullable String parentRunId,
        Optional<About> about) {}
