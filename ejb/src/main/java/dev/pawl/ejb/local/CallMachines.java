package dev.pawl.ejb.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.api.local.Machines;
import dev.pawl.engine.command.SendEvent;
import dev.pawl.engine.command.StartMachine;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.query.MachineQueries;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Instances of state machines for beans of the application. */
final class CallMachines implements Machines {

    private final SendCommand commands;
    private final MachineQueries queries;

    CallMachines(SendCommand commands, MachineQueries queries) {
        this.commands = commands;
        this.queries = queries;
    }

    @Override
    public MachineSnapshot start(String machine, String instance, Object data) {
        return snapshot(commands.send(() -> new StartMachine(machine, instance, JsonCodec.toTree(data))));
    }

    @Override
    public MachineSnapshot send(String machine, String instance, String event, @Nullable Object payload) {
        return snapshot(commands.send(() -> new SendEvent(machine, instance, event, JsonCodec.toTree(payload))));
    }

    @Override
    public Optional<MachineSnapshot> find(String machine, String instance) {
        return queries.find(commands.tenant(), machine, instance)
                .map(view ->
                        new MachineSnapshot(machine, instance, view.run().value(), view.state(), members(view.data())));
    }

    @Override
    public Machines withIdempotencyKey(String key) {
        return new CallMachines(commands.withIdempotencyKey(key), queries);
    }

    private static MachineSnapshot snapshot(StartMachine.Instance instance) {
        return new MachineSnapshot(
                instance.machine(),
                instance.instance(),
                instance.run().value(),
                instance.state(),
                members(instance.data()));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> members(JsonNode data) {
        return data.isObject() ? JsonCodec.mapper().convertValue(data, Map.class) : Map.of();
    }
}
