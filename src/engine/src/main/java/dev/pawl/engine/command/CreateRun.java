package dev.pawl.engine.command;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.model.RunHeader;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunState;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * Starts a run of a workflow.
 *
 * @param version absent: the highest deployed
 * @param input absent is JSON null
 * @param config by stage id, laid over the stages' defaults
 * @param priority 0 to 9, higher first; absent: 5
 * @param correlationId absent: the run's id
 */
public record CreateRun(
        String workflowId,
        @Nullable Integer version,
        @Nullable JsonNode input,
        @Nullable JsonNode config,
        @Nullable Integer priority,
        @Nullable String correlationId,
        @Nullable JsonNode metadata)
        implements Command<CreateRun.Created> {

    public static final int DEFAULT_PRIORITY = 5;

    /**
     * The run there is now.
     *
     * @param asCreated what was stored, so that nobody has to read it; absent where the command had been executed before and
     *     its kept answer is given again
     */
    public record Created(
            RunId runId,
            RunStatus status,
            @JsonIgnore @Nullable AsCreated asCreated) {}

    /** A run as its creation stored it. */
    public record AsCreated(RunHeader header, RunState state, JsonNode input, JsonNode config, JsonNode metadata) {}

    public static CreateRun of(String workflowId, JsonNode input) {
        return new CreateRun(workflowId, null, input, null, null, null, null);
    }

    @Override
    public String type() {
        return "run.create";
    }

    @Override
    public Class<Created> resultType() {
        return Created.class;
    }

    @Override
    public boolean mayShare() {
        return true;
    }

    @Override
    public Command<Created> tracedBy(@Nullable TraceContext trace) {
        return new CreateRunTraced(this, trace);
    }
}
