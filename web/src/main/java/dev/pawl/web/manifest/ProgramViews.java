package dev.pawl.web.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.query.GraphView;
import dev.pawl.engine.query.WorkflowView;
import dev.pawl.manifest.host.LivePrograms;
import dev.pawl.manifest.ir.Command;
import dev.pawl.manifest.ir.Entity;
import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.ir.Saga;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Manifest programs as they stand among the workflows. Their commands are run one by one, each as a resource of its own. */
@Dependent
public class ProgramViews {

    private static final String KIND = "manifest";

    private final Supplier<List<LivePrograms.Live>> programs;

    @Inject
    public ProgramViews(LivePrograms programs) {
        this(programs::programs);
    }

    public ProgramViews(Supplier<List<LivePrograms.Live>> programs) {
        this.programs = programs;
    }

    public List<WorkflowView> all() {
        return programs.get().stream().map(ProgramViews::view).toList();
    }

    public Optional<WorkflowView> find(String name) {
        return programs.get().stream()
                .filter(program -> program.stored().source().name().equals(name))
                .map(ProgramViews::view)
                .findFirst();
    }

    private static WorkflowView view(LivePrograms.Live program) {
        Ir ir = program.ir();
        return new WorkflowView(
                program.stored().source().name(),
                program.stored().version(),
                KIND,
                "A Manifest program; its commands are run at /api/entities",
                inputs(ir),
                JsonCodec.object().put("type", "object").put("description", "The result of a command"),
                JsonCodec.object(),
                graph(ir),
                List.of());
    }

    private static ObjectNode inputs(Ir program) {
        ObjectNode schema = JsonCodec.object().put("type", "object").put("description", "By command, what it takes");
        ObjectNode properties = schema.putObject("properties");
        TypeSchema types = new TypeSchema(program);
        program.commands().forEach(command -> properties.set(nameOf(command), types.ofParameters(command)));
        return schema;
    }

    /**
     * Entities and commands. Edges lead from a command to the entity it belongs to, from one that emits an event to one that
     * reacts to it, and from a step of a saga to the next.
     */
    private static GraphView graph(Ir program) {
        List<GraphView.NodeView> nodes = new ArrayList<>();
        List<GraphView.EdgeView> edges = new ArrayList<>();
        program.entities().stream()
                .map(Entity::name)
                .map(GraphView.NodeView::of)
                .forEach(nodes::add);
        for (Command command : program.commands()) {
            nodes.add(GraphView.NodeView.of(nameOf(command)));
            if (command.entity() != null) {
                edges.add(new GraphView.EdgeView(nameOf(command), command.entity(), null));
            }
        }
        edges.addAll(reactions(program));
        edges.addAll(sagas(program));
        return new GraphView(nodes, List.of(), edges);
    }

    private static List<GraphView.EdgeView> reactions(Ir program) {
        return program.reactions().stream()
                .flatMap(reaction -> program.commands().stream()
                        .filter(command -> command.emits().contains(reaction.event()))
                        .map(command -> new GraphView.EdgeView(
                                nameOf(command),
                                reaction.targetEntity() + "." + reaction.targetCommand(),
                                reaction.event())))
                .toList();
    }

    private static List<GraphView.EdgeView> sagas(Ir program) {
        List<GraphView.EdgeView> edges = new ArrayList<>();
        for (Saga saga : program.sagas()) {
            for (int i = 1; i < saga.steps().size(); i++) {
                edges.add(new GraphView.EdgeView(
                        nameOf(saga.steps().get(i - 1)), nameOf(saga.steps().get(i)), saga.name()));
            }
        }
        return edges;
    }

    private static String nameOf(Saga.Step step) {
        return step.commandEntity() + "." + step.command();
    }

    private static String nameOf(Command command) {
        return command.entity() == null ? command.name() : command.entity() + "." + command.name();
    }
}
