package dev.pawl.manifest.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.manifest.runtime.CallOptions;
import dev.pawl.manifest.runtime.Caller;
import dev.pawl.manifest.runtime.CommandCall;
import dev.pawl.manifest.runtime.port.DeferredCommands;

/** A command that a host runs later, on behalf of who called it. */
public record CommandJob(DeferredCommands.Job job) {

    /**
     * The call of the command by the job of this id. However often it is made, the command runs once.
     */
    public CommandCall call(String jobId) {
        Caller caller = Caller.of(job.tenant(), job.context())
                .with("source", TextNode.valueOf("job"))
                .with("jobId", TextNode.valueOf(jobId));
        CommandCall call = job.entity() == null
                ? CommandCall.ofProgram(job.command())
                : CommandCall.of(job.entity(), job.command()).on(job.instanceId());
        return call.with(job.input())
                .by(caller)
                .with(CallOptions.NONE
                        .withIdempotencyKey("job:" + jobId)
                        .withTrace(job.correlationId(), job.causationId()));
    }

    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("tenant", job.tenant());
        json.put("entity", job.entity());
        json.put("command", job.command());
        json.put("instanceId", job.instanceId());
        json.set("input", job.input());
        json.set("context", job.context());
        json.put("correlationId", job.correlationId());
        json.put("causationId", job.causationId());
        return json;
    }

    /** Reads what {@link #toJson()} wrote. */
    public static CommandJob fromJson(JsonNode json) {
        return new CommandJob(new DeferredCommands.Job(
                json.path("tenant").asText(),
                json.path("entity").textValue(),
                json.path("command").asText(),
                json.path("instanceId").textValue(),
                (ObjectNode) json.path("input"),
                (ObjectNode) json.path("context"),
                json.path("correlationId").asText(),
                json.path("causationId").asText()));
    }
}
