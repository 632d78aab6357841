package dev.pawl.api.local;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One call of a command of an entity that a Manifest program declares.
 *
 * @param instanceId absent: the command makes its instance
 * @param input a map, a record or anything Jackson writes as an object
 * @param idempotencyKey with it, the same call is executed once and answered alike
 * @param expectedVersion of the instance, as the caller has seen it; another one is a conflict
 * @param correlationId groups the events of a whole flow; absent: the command begins a new one
 * @param causationId the event that led to the command; absent: the command is its own cause
 */
public record EntityCommand(
        String entity,
        String command,
        @Nullable String instanceId,
        Object input,
        @Nullable String idempotencyKey,
        @Nullable Long expectedVersion,
        List<ConstraintOverride> overrides,
        @Nullable String correlationId,
        @Nullable String causationId) {

    /** A constraint to pass although it fails; who may is decided by its policy. */
    public record ConstraintOverride(String constraintCode, String reason) {}

    public EntityCommand {
        overrides = List.copyOf(overrides);
    }

    public static EntityCommand of(String entity, String command) {
        return new EntityCommand(entity, command, null, Map.of(), null, null, List.of(), null, null);
    }

    /** On an instance. */
    public EntityCommand on(String id) {
        return new EntityCommand(
                entity, command, id, input, idempotencyKey, expectedVersion, overrides, correlationId, causationId);
    }

    public EntityCommand withInput(Object value) {
        return new EntityCommand(
                entity,
                command,
                instanceId,
                value,
                idempotencyKey,
                expectedVersion,
                overrides,
                correlationId,
                causationId);
    }

    public EntityCommand withIdempotencyKey(String value) {
        return new EntityCommand(
                entity, command, instanceId, input, value, expectedVersion, overrides, correlationId, causationId);
    }

    public EntityCommand withExpectedVersion(long value) {
        return new EntityCommand(
                entity, command, instanceId, input, idempotencyKey, value, overrides, correlationId, causationId);
    }

    /** With one more override. */
    public EntityCommand withOverride(String constraintCode, String reason) {
        List<ConstraintOverride> more = new ArrayList<>(overrides);
        more.add(new ConstraintOverride(constraintCode, reason));
        return new EntityCommand(
                entity, command, instanceId, input, idempotencyKey, expectedVersion, more, correlationId, causationId);
    }

    public EntityCommand withTrace(@Nullable String correlation, @Nullable String causation) {
        return new EntityCommand(
                entity, command, instanceId, input, idempotencyKey, expectedVersion, overrides, correlation, causation);
    }
}
