package dev.pawl.web.workflow;

import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.query.RunQueries;
import dev.pawl.engine.query.RunWatch;
import dev.pawl.engine.query.TypeSchemas;

/** Does for tests what the container does by injection. */
public final class WorkflowWiring {

    private WorkflowWiring() {}

    public static WorkflowResource resource(
            Definitions definitions, CommandBus bus, RunQueries queries, RunWatch watch) {
        WorkflowResource resource = new WorkflowResource();
        resource.definitions = definitions;
        resource.schemas = new TypeSchemas();
        resource.runs = new StartRuns(bus, queries, watch);
        return resource;
    }
}
