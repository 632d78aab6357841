package dev.pawl.engine.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.interpret.Definition;
import dev.pawl.engine.interpret.MachineDefinition;
import dev.pawl.engine.interpret.PipelineDefinition;
import dev.pawl.engine.json.JsonCodec;
import java.util.List;

/**
 * A deployed workflow as people see it.
 *
 * @param transitions the table of a state machine; empty for what is none
 * @param inputSchema JSON Schema 2020-12
 */
public record WorkflowView(
        String id,
        int version,
        String kind,
        String description,
        JsonNode inputSchema,
        JsonNode outputSchema,
        JsonNode configDefaults,
        GraphView graph,
        List<TransitionView> transitions) {

    /** One line of a state machine. */
    public record TransitionView(String from, String event, String to) {}

    public static WorkflowView of(Definition definition, TypeSchemas schemas) {
        return new WorkflowView(
                definition.id(),
                definition.version(),
                definition.kind(),
                definition.description(),
                schemas.of(definition.inputType()),
                schemas.of(definition.outputType()),
                definition.completeConfig(JsonCodec.object()),
                graphOf(definition),
                definition instanceof MachineDefinition machine ? tableOf(machine) : List.of());
    }

    private static GraphView graphOf(Definition definition) {
        if (definition instanceof PipelineDefinition pipeline) {
            return GraphView.of(pipeline);
        }
        return definition instanceof MachineDefinition machine ? GraphView.of(machine) : GraphView.NONE;
    }

    private static List<TransitionView> tableOf(MachineDefinition definition) {
        return definition.machine().transitions().stream()
                .map(line -> new TransitionView(line.from(), line.event(), line.to()))
                .toList();
    }
}
