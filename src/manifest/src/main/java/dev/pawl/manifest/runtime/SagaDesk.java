package dev.pawl.manifest.runtime;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.ir.Event;
import dev.pawl.manifest.ir.Parameter;
import dev.pawl.manifest.ir.Saga;
import dev.pawl.manifest.ir.SagaMoment;
import dev.pawl.manifest.runtime.port.EntityEvent;
import dev.pawl.manifest.runtime.port.IdempotencyStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The sagas of the programs, for a host that runs them. */
public final class SagaDesk {
    private final Catalog catalog;
    private final RuntimePorts ports;
    private final RuntimeOptions options;
    private final RunCommand runner;

    SagaDesk(Catalog catalog, RuntimePorts ports, RuntimeOptions options, RunCommand runner) {
        this.catalog = catalog;
        this.ports = ports;
        this.options = options;
        this.runner = runner;
    }

    public Optional<Saga> find(String name) {
        return catalog.programs().stream()
                .flatMap(program -> program.ir().sagas().stream())
                .filter(saga -> saga.name().equals(name))
                .findFirst();
    }

    /** The part of an input that a command has parameters for. */
    public ObjectNode inputFor(@Nullable String entity, String command, ObjectNode all) {
        ObjectNode own = JsonNodeFactory.instance.objectNode();
        catalog.programs().stream()
                .flatMap(program -> program.ir().command(entity, command).stream())
                .findFirst()
                .ifPresent(declared -> {
                    for (Parameter parameter : declared.parameters()) {
                        if (all.has(parameter.name())) {
                            own.set(parameter.name(), all.get(parameter.name()));
                        }
                    }
                });
        return own;
    }

    /**
     * Records what happened to a saga, and runs the reactions to it; once, however often it is told.
     *
     * @param key the same for every telling of this moment of this saga
     */
    public void tell(
            Saga saga, SagaMoment moment, String key, ObjectNode payload, Caller caller, String correlationId) {
        ports.transactions().inTransaction(work -> {
            IdempotencyStore.Key once = new IdempotencyStore.Key(caller.tenant(), "saga:" + saga.name(), key);
            if (work.idempotency().claim(once, "") instanceof IdempotencyStore.Fresh) {
                CallScope scope = new CallScope(catalog, ports, options, work, caller);
                EntityEvent event = event(saga, moment, payload, scope, correlationId);
                work.events().append(List.of(event));
                runner.reactTo(
                        List.of(event), CommandCall.ofProgram(saga.name()).by(caller), work);
                work.idempotency().record(once, JsonNodeFactory.instance.objectNode());
            }
            return saga;
        });
    }

    private EntityEvent event(Saga saga, SagaMoment moment, ObjectNode more, CallScope scope, String correlationId) {
        String name = moment.nameAmong(saga.emits());
        String channel = catalog.programs().stream()
                .flatMap(program -> program.ir().event(name).stream())
                .map(Event::channel)
                .findFirst()
                .orElse(JudgeConstraints.SYSTEM_CHANNEL);
        ObjectNode payload = JsonNodeFactory.instance.objectNode().put("sagaName", saga.name());
        payload.setAll(more);
        return new EntityEvent(
                scope.ports().traceIds().next(),
                scope.caller().tenant(),
                name,
                channel,
                payload,
                scope.instant(),
                new EntityEvent.Trace(correlationId, correlationId, 0),
                new EntityEvent.Subject(saga.name(), null, null));
    }
}
