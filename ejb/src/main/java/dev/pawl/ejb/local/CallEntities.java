package dev.pawl.ejb.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.api.local.Entities;
import dev.pawl.api.local.EntityCommand;
import dev.pawl.api.local.EntityResult;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.command.WhoCalls;
import dev.pawl.engine.json.FieldError;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.manifest.runtime.CallOptions;
import dev.pawl.manifest.runtime.Caller;
import dev.pawl.manifest.runtime.CommandCall;
import dev.pawl.manifest.runtime.CommandResult;
import dev.pawl.manifest.runtime.OverrideRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Entities of Manifest programs for beans of the application. */
final class CallEntities implements Entities {

    private final dev.pawl.manifest.host.Entities entities;
    private final WhoCalls who;

    CallEntities(dev.pawl.manifest.host.Entities entities, WhoCalls who) {
        this.entities = entities;
        this.who = who;
    }

    @Override
    public EntityResult execute(EntityCommand command) {
        CommandCall call = SendCommand.refusing(() -> call(command));
        CommandResult result = entities.execute(call);
        return new EntityResult(result.success(), members(result.toJson()));
    }

    @Override
    public Optional<Map<String, Object>> find(String entity, String id) {
        return entities.get(entity, id, Set.of(), caller()).map(view -> members(view.toJson()));
    }

    private CommandCall call(EntityCommand command) {
        List<OverrideRequest> overrides = command.overrides().stream()
                .map(override -> new OverrideRequest(override.constraintCode(), override.reason()))
                .toList();
        return CommandCall.of(command.entity(), command.command())
                .on(command.instanceId())
                .with(input(command))
                .by(caller())
                .with(CallOptions.NONE
                        .withIdempotencyKey(command.idempotencyKey())
                        .withExpectedVersion(command.expectedVersion())
                        .withTrace(command.correlationId(), command.causationId())
                        .withOverrides(overrides));
    }

    private static ObjectNode input(EntityCommand command) {
        JsonNode input = JsonCodec.toTree(command.input());
        if (input instanceof ObjectNode object) {
            return object;
        }
        String message = "the input of a command is an object, this one is written as a "
                + input.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
        throw new RefusedException(
                new Refusal(RefusalCode.VALIDATION_FAILED, message, List.of(new FieldError("/input", message))));
    }

    private Caller caller() {
        return who.identity()
                .map(user -> Caller.authenticated(user.name(), user.roles(), user.tenant()))
                .orElseGet(Caller::anonymous);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> members(ObjectNode object) {
        return JsonCodec.mapper().convertValue(object, Map.class);
    }
}
