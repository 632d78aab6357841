package dev.pawl.web.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.command.CreateRun;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request to start a run. The engine checks what the members say.
 *
 * @param config by stage id, laid over the stages' defaults
 * @param priority 0 to 9, higher first; absent: 5
 * @param correlationId absent: the run's id
 * @param metadata the caller's own, kept with the run
 */
public record StartRun(
        @Nullable JsonNode input,
        @Nullable JsonNode config,
        @Nullable Integer priority,
        @Nullable String correlationId,
        @Nullable JsonNode metadata) {

    CreateRun of(String workflowId, @Nullable Integer version) {
        return new CreateRun(workflowId, version, input, config, priority, correlationId, metadata);
    }
}
