package dev.pawl.engine.query;

import dev.pawl.engine.interpret.MachineDefinition;
import dev.pawl.engine.interpret.PipelineDefinition;
import dev.pawl.engine.interpret.StageDefinition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a workflow is made of and what follows what. Empty for durable code, whose way shows while it runs.
 *
 * @param nodes the stages of a pipeline, the states of a machine, the entities and commands of a program
 * @param groups of a pipeline, in order; the stages of a group run in parallel
 * @param edges from each stage of a group to each of the next, the transitions of a machine, or what a command of a program
 *     changes and leads to
 */
public record GraphView(List<NodeView> nodes, List<GroupView> groups, List<EdgeView> edges) {

    public static final GraphView NONE = new GraphView(List.of(), List.of(), List.of());

    public GraphView {
        nodes = List.copyOf(nodes);
        groups = List.copyOf(groups);
        edges = List.copyOf(edges);
    }

    /**
     * @param group of a stage
     * @param transactional of a stage: whether it runs inside the transaction that records it
     * @param maxAttempts of a stage
     */
    public record NodeView(
            String id,
            String name,
            @Nullable Integer group,
            @Nullable Boolean transactional,
            @Nullable Integer maxAttempts) {

        public static NodeView of(String id) {
            return new NodeView(id, id, null, null, null);
        }

        static NodeView of(int group, StageDefinition stage) {
            return new NodeView(
                    stage.id(),
                    stage.name(),
                    group,
                    stage.stage().options().isTransactional(),
                    stage.stage().options().retry().maxAttempts());
        }
    }

    public record GroupView(int group, List<String> nodes) {}

    /** @param label the event of a transition or reaction, or the saga */
    public record EdgeView(String from, String to, @Nullable String label) {}

    static GraphView of(PipelineDefinition pipeline) {
        List<NodeView> nodes = new ArrayList<>();
        List<GroupView> groups = new ArrayList<>();
        List<EdgeView> edges = new ArrayList<>();
        List<String> before = List.of();
        for (var group : pipeline.groups()) {
            group.stages().forEach(stage -> nodes.add(NodeView.of(group.number(), stage)));
            List<String> ids = group.stages().stream().map(StageDefinition::id).toList();
            groups.add(new GroupView(group.number(), ids));
            for (String from : before) {
                ids.forEach(to -> edges.add(new EdgeView(from, to, null)));
            }
            before = ids;
        }
        return new GraphView(nodes, groups, edges);
    }

    static GraphView of(MachineDefinition definition) {
        Set<String> states = new LinkedHashSet<>();
        List<EdgeView> edges = new ArrayList<>();
        definition.machine().transitions().forEach(line -> {
            states.add(line.from());
            states.add(line.to());
            edges.add(new EdgeView(line.from(), line.to(), line.event()));
        });
        return new GraphView(states.stream().map(NodeView::of).toList(), List.of(), edges);
    }
}
