package dev.pawl.ejb.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.pawl.manifest.host.Entities;
import dev.pawl.manifest.ir.Entity;
import dev.pawl.manifest.runtime.Caller;
import dev.pawl.manifest.runtime.CommandCall;
import dev.pawl.manifest.runtime.CommandResult;
import dev.pawl.manifest.runtime.EntityView;
import dev.pawl.manifest.runtime.FieldError;
import dev.pawl.manifest.runtime.InstancePage;
import dev.pawl.manifest.runtime.InstanceQuery;
import dev.pawl.manifest.runtime.Refusal;
import dev.pawl.manifest.runtime.RefusalCode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The entities of this server's programs. */
final class ServedEntities implements Entities {

    private static final int LONGEST_NAME = 250;

    private final DeployedPrograms programs;

    ServedEntities(DeployedPrograms programs) {
        this.programs = programs;
    }

    @Override
    public Optional<Entity> declared(String entity) {
        Optional<Entity> known = programs.live().entity(entity);
        if (known.isPresent() || !programs.look()) {
            return known;
        }
        return programs.live().entity(entity);
    }

    @Override
    public CommandResult execute(CommandCall call) {
        Optional<FieldError> unfit = unfitName(call);
        if (unfit.isPresent()) {
            return refused(call, unfit.get());
        }
        if (call.entity() != null) {
            declared(call.entity());
        } else if (!programs.live().hasCommand(call.command())) {
            programs.look();
        }
        return programs.live().runtime().execute(call);
    }

    /** Names become keys of rows: of a length that fits into an index, and without what no database stores. */
    private static Optional<FieldError> unfitName(CommandCall call) {
        JsonNode givenId = call.input().path("id");
        if (call.instanceId() == null && givenId.isContainerNode()) {
            return Optional.of(new FieldError("/id", "must be a text"));
        }
        return unfit("/id", call.instanceId())
                .or(() -> unfit("/id", givenId.isTextual() ? givenId.textValue() : null))
                .or(() -> unfit("/idempotencyKey", call.options().idempotencyKey()))
                .or(() -> unfit("/correlationId", call.options().correlationId()))
                .or(() -> unfit("/causationId", call.options().causationId()));
    }

    private static Optional<FieldError> unfit(String pointer, @Nullable String name) {
        return name == null
                        || (!name.isEmpty()
                                && name.length() <= LONGEST_NAME
                                && name.chars().noneMatch(Character::isISOControl))
                ? Optional.empty()
                : Optional.of(new FieldError(
                        pointer, "must have 1 to " + LONGEST_NAME + " characters and no control characters"));
    }

    private static CommandResult refused(CommandCall call, FieldError error) {
        return new CommandResult(
                MissingNode.getInstance(),
                null,
                new Refusal(
                        RefusalCode.INVALID_INPUT,
                        "The call of '" + call.type() + "' is not valid: " + error.pointer() + " " + error.message(),
                        new Refusal.InvalidInput(List.of(error))),
                List.of(),
                List.of(),
                List.of(),
                Objects.requireNonNullElse(call.options().correlationId(), ""),
                Objects.requireNonNullElse(call.options().causationId(), ""),
                null);
    }

    @Override
    public Optional<EntityView> get(String entity, String id, Set<String> include, Caller caller) {
        return declared(entity).flatMap(known -> programs.live().runtime().get(entity, id, include, caller));
    }

    @Override
    public InstancePage query(InstanceQuery query, Caller caller) {
        declared(query.entity());
        return programs.live().runtime().query(query, caller);
    }
}
