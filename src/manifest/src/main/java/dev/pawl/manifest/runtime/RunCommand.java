package dev.pawl.manifest.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.ir.Retry;
import dev.pawl.manifest.runtime.port.EntityEvent;
import dev.pawl.manifest.runtime.port.EntityKey;
import dev.pawl.manifest.runtime.port.EntityUnitOfWork;
import dev.pawl.manifest.runtime.port.IdempotencyStore;
import dev.pawl.manifest.runtime.port.StoredEntity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs a command in a unit of work: a repeated key answers its recorded outcome, a new one is claimed first and recorded
 * last, refusals included. A command that lost a race for its row runs again on the new row, unless its caller stated
 * the version it had seen.
 */
final class RunCommand {
    static final String CONCURRENCY_CONFLICT = "ConcurrencyConflict";

    private final Catalog catalog;
    private final RuntimePorts ports;
    private final RuntimeOptions options;

    RunCommand(Catalog catalog, RuntimePorts ports, RuntimeOptions options) {
        this.catalog = catalog;
        this.ports = ports;
        this.options = options;
    }

    CommandResult run(CommandCall call, EntityUnitOfWork work, int depth) {
        EventBuffer.Trail trail = trail(call.options());
        String key = call.options().idempotencyKey();
        if (key == null) {
            return decide(call, work, trail, depth);
        }
        IdempotencyStore.Key scoped = new IdempotencyStore.Key(call.caller().tenant(), call.type(), key);
        IdempotencyStore.Claim claim = work.idempotency().claim(scoped, InputHash.of(call));
        if (claim instanceof IdempotencyStore.Decided decided) {
            return CommandResult.fromJson(decided.outcome());
        }
        if (claim instanceof IdempotencyStore.Reused) {
            return refused(
                    Refusal.of(
                            RefusalCode.IDEMPOTENCY_KEY_REUSED,
                            "The idempotency key '" + key + "' was used for '" + call.type()
                                    + "' with another input; use a new key for a new command"),
                    trail);
        }
        if (claim instanceof IdempotencyStore.InProgress) {
            return refused(
                    Refusal.of(
                            RefusalCode.IDEMPOTENCY_IN_PROGRESS,
                            "The command '" + call.type() + "' with the idempotency key '" + key
                                    + "' is still running; ask again"),
                    trail);
        }
        CommandResult result = decide(call, work, trail, depth);
        work.idempotency().record(scoped, result.toJson());
        return result;
    }

    private CommandResult decide(CommandCall call, EntityUnitOfWork work, EventBuffer.Trail trail, int depth) {
        CallScope scope = new CallScope(catalog, ports, options, work, call.caller());
        CommandResult result;
        try {
            CommandModel command = catalog.command(call);
            CommandInput input = CommandInput.read(command, call, scope);
            CheckPolicies.take(command, scope);
            result = attempt(new CommandAttempt.Order(command, call, scope, input, trail));
        } catch (CommandRefused refused) {
            return refused(refused.refusal(), trail);
        }
        reactTo(scope.recordedAside(), call, work);
        return result.success() ? react(result, call, work, depth) : result;
    }

    /** Runs the reactions to events that are recorded already, unless the host does. */
    void reactTo(List<EntityEvent> events, CommandCall call, EntityUnitOfWork work) {
        if (!events.isEmpty() && options.reactions() == RuntimeOptions.Reactions.WITH_THE_COMMAND) {
            new ReactToEvents(catalog, ports, options, work, this).react(events, call, 0);
        }
    }

    private CommandResult attempt(CommandAttempt.Order order) {
        for (int left = retries(order.command().declared().retry()); ; left--) {
            CommandAttempt attempt = new CommandAttempt(order);
            try {
                CommandResult result = attempt.run();
                recordConflict(result.refusal(), order);
                return result;
            } catch (CommandAttempt.LostRace lost) {
                if (left <= 0 || attempt.statesVersion()) {
                    Refusal refusal = InstanceVersion.refusal(conflict(lost, order));
                    recordConflict(refusal, order);
                    return refused(refusal, order.trail());
                }
            }
        }
    }

    private CommandResult react(CommandResult result, CommandCall call, EntityUnitOfWork work, int depth) {
        if (options.reactions() == RuntimeOptions.Reactions.BY_THE_HOST
                || result.emittedEvents().isEmpty()) {
            return result;
        }
        return new ReactToEvents(catalog, ports, options, work, this).react(result, call, depth);
    }

    /** A command that declares how often a conflict is tried again has it its way. */
    private int retries(@Nullable Retry declared) {
        return declared != null && declared.retryOn().contains(RefusalCode.CONCURRENCY_CONFLICT.name())
                ? Math.max(0, (int) declared.maxAttempts() - 1)
                : options.conflictRetries();
    }

    private static Refusal.ConcurrencyConflict conflict(CommandAttempt.LostRace lost, CommandAttempt.Order order) {
        EntityKey key = lost.seen().key();
        long actual = order.scope()
                .work()
                .entities()
                .load(key)
                .map(StoredEntity::version)
                .orElse(0L);
        return new Refusal.ConcurrencyConflict(
                key.entity(), key.id(), lost.seen().version(), actual);
    }

    /** A conflict changes nothing, but that it happened stays in the log. */
    private static void recordConflict(@Nullable Refusal refusal, CommandAttempt.Order order) {
        if (refusal != null && refusal.detail() instanceof Refusal.ConcurrencyConflict conflict) {
            EventBuffer events = new EventBuffer(order.scope(), order.trail());
            events.add(CONCURRENCY_CONFLICT, JudgeConstraints.SYSTEM_CHANNEL, payload(conflict, order.scope()));
            events.flush(order.command(), conflict.entityId());
        }
    }

    private static JsonNode payload(Refusal.ConcurrencyConflict conflict, CallScope scope) {
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        payload.put("entityType", conflict.entityType());
        payload.put("entityId", conflict.entityId());
        payload.put("expectedVersion", conflict.expectedVersion());
        payload.put("actualVersion", conflict.actualVersion());
        payload.put("conflictCode", Refusal.ConcurrencyConflict.CODE);
        payload.put("timestamp", scope.instant().toEpochMilli());
        return payload;
    }

    private EventBuffer.Trail trail(CallOptions stated) {
        String correlation = stated.correlationId();
        String causation = stated.causationId();
        if (correlation != null && causation != null) {
            return new EventBuffer.Trail(correlation, causation);
        }
        String commandId = ports.traceIds().next();
        return new EventBuffer.Trail(
                correlation == null ? commandId : correlation, causation == null ? commandId : causation);
    }

    private static CommandResult refused(Refusal refusal, EventBuffer.Trail trail) {
        return CommandResult.refused(refusal, List.of(), trail.correlationId(), trail.causationId());
    }
}
