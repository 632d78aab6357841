package dev.pawl.manifest.runtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.ir.Schedule;
import dev.pawl.manifest.ir.Webhook;
import dev.pawl.manifest.runtime.value.JsonValues;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the calls that schedules and webhooks stand for; whoever asks for them runs them. */
public final class TriggerDesk {
    private final Catalog catalog;
    private final RuntimePorts ports;
    private final RuntimeOptions options;

    TriggerDesk(Catalog catalog, RuntimePorts ports, RuntimeOptions options) {
        this.catalog = catalog;
        this.ports = ports;
        this.options = options;
    }

    /**
     * The call of a schedule now.
     *
     * @throws dev.pawl.manifest.runtime.expression.EvaluationBudgetExceeded when its params need too much evaluation
     */
    public CommandCall scheduled(Ir program, Schedule schedule, Caller caller) {
        Map<String, Object> input = ports.transactions().reading(work -> program(program)
                .schedule(schedule)
                .input(new CallScope(catalog, ports, options, work, caller), new LinkedHashMap<>()));
        return call(program, schedule.entityName(), schedule.commandName(), input)
                .by(caller);
    }

    /**
     * The call a webhook makes of what it has received: of what its transform takes from it, or of all of it.
     *
     * @throws dev.pawl.manifest.runtime.expression.EvaluationBudgetExceeded when its transform needs too much evaluation
     */
    public CommandCall received(Ir program, Webhook webhook, ObjectNode payload, Caller caller) {
        Map<String, Object> received = JsonValues.mapFromJson(payload);
        Map<String, Object> input = webhook.transform().isEmpty()
                ? received
                : ports.transactions().reading(work -> program(program)
                        .webhook(webhook)
                        .input(new CallScope(catalog, ports, options, work, caller), received));
        return call(program, webhook.entity(), webhook.command(), input).by(caller);
    }

    /**
     * An {@code instanceId} in the input, else an {@code id}, names the instance, unless the command has a parameter of that
     * name or makes its instance.
     */
    private CommandCall call(Ir program, @Nullable String entity, String command, Map<String, Object> input) {
        ObjectNode json = JsonValues.mapToJson(input);
        if (entity == null) {
            return CommandCall.ofProgram(command).with(json);
        }
        boolean constructs = command.equals(CommandModel.CREATE)
                || program.command(entity, command)
                        .map(declared -> declared.initialization() != null)
                        .orElse(false);
        CommandCall call = CommandCall.of(entity, command);
        for (String name : new String[] {"instanceId", "id"}) {
            boolean own = program.command(entity, command)
                    .map(declared -> declared.parameters().stream()
                            .anyMatch(parameter -> parameter.name().equals(name)))
                    .orElse(false);
            if (!own
                    && !constructs
                    && json.path(name).isValueNode()
                    && !json.path(name).isNull()) {
                return call.on(json.remove(name).asText()).with(json);
            }
        }
        return call.with(json);
    }

    private ProgramModel program(Ir ir) {
        return catalog.programs().stream()
                .filter(program -> Objects.equals(program.ir(), ir))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the program does not run here any more"));
    }
}
