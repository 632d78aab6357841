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
 * @param graph groups in order; the stages of a group run in parallel; empty for durable code, whose way shows while it runs
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
        List<GroupView> graph,
        List<TransitionView> transitions) {

    public record GroupView(int group, List<StageSummary> stages) {}

    public record StageSummary(String id, String name, boolean transactional, int maxAttempts) {}

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
                definition instanceof PipelineDefinition pipeline ? graphOf(pipeline) : List.of(),
                definition instanceof MachineDefinition machine ? tableOf(machine) : List.of());
    }

    private static List<GroupView> graphOf(PipelineDefinition pipeline) {
        return pipeline.groups().stream()
                .map(group -> new GroupView(
                        group.number(),
                        group.stages().stream()
                                .map(stage -> new StageSummary(
                                        stage.id(),
                                        stage.name(),
                                        stage.stage().options().isTransactional(),
                                        stage.stage().options().retry().maxAttempts()))
                                .toList()))
                .toList();
    }

    private static List<TransitionView> tableOf(MachineDefinition definition) {
        return definition.machine().transitions().stream()
                .map(line -> new TransitionView(line.from(), line.event(), line.to()))
                .toList();
    }
}
