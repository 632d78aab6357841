package dev.pawl.manifest.host;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.ir.Saga;
import dev.pawl.manifest.runtime.Caller;
import dev.pawl.manifest.runtime.CommandCall;
import dev.pawl.manifest.runtime.SagaDesk;
import org.jspecify.annotations.Nullable;

/**
 * A saga to be run on behalf of a caller.
 *
 * @param saga as it was declared when it began: a program deployed later does not change it
 * @param input what steps without an input of their own take their parameters from
 * @param steps by the name of a step: {@code {"id": the instance, "input": {…}}}
 */
public record SagaJob(Saga saga, String tenant, ObjectNode context, ObjectNode input, ObjectNode steps) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public Caller caller() {
        return Caller.of(tenant, context);
    }

    /** The command of a step. */
    public CommandCall call(Saga.Step step, SagaDesk desk) {
        return call(step, step.commandEntity(), step.command(), instanceOf(step), desk);
    }

    /**
     * The command that undoes a step, on the instance the step has worked on; of another entity, on the one stated for it as
     * {@code undoId}.
     */
    public CommandCall undo(Saga.Step step, String command, String instanceId, SagaDesk desk) {
        String entity = step.compensateEntity() == null ? step.commandEntity() : step.compensateEntity();
        return call(
                step,
                entity,
                command,
                entity.equals(step.commandEntity())
                        ? instanceId
                        : steps.path(step.name()).path("undoId").textValue(),
                desk);
    }

    private CommandCall call(Saga.Step step, String entity, String command, @Nullable String instance, SagaDesk desk) {
        ObjectNode all = input.deepCopy();
        if (steps.path(step.name()).path("input") instanceof ObjectNode own) {
            all.setAll(own);
        }
        return CommandCall.of(entity, command)
                .on(instance)
                .with(desk.inputFor(entity, command, all))
                .by(caller());
    }

    private @Nullable String instanceOf(Saga.Step step) {
        return steps.path(step.name()).path("id").textValue();
    }

    public ObjectNode toJson() {
        ObjectNode json = JSON.createObjectNode();
        json.set("saga", JSON.valueToTree(saga));
        json.put("tenant", tenant);
        json.set("context", context);
        json.set("input", input);
        json.set("steps", steps);
        return json;
    }

    /** Reads what {@link #toJson()} wrote. */
    public static SagaJob fromJson(JsonNode json) {
        try {
            return new SagaJob(
                    JSON.treeToValue(json.path("saga"), Saga.class),
                    json.path("tenant").asText(),
                    (ObjectNode) json.path("context"),
                    (ObjectNode) json.path("input"),
                    (ObjectNode) json.path("steps"));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("this is no saga to be run: " + e.getOriginalMessage(), e);
        }
    }
}
