package dev.pawl.web.workflow;

import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.port.Clock;
import dev.pawl.engine.query.RunProjection;
import dev.pawl.engine.query.RunQueries;
import dev.pawl.engine.query.RunWatch;
import dev.pawl.engine.query.TypeSchemas;
import dev.pawl.testkit.memory.InMemoryDatabase;
import dev.pawl.web.manifest.ProgramViews;
import java.time.Instant;
import java.util.List;

/** Does for tests what the container does by injection. */
public final class WorkflowWiring {

    private WorkflowWiring() {}

    public static WorkflowResource resource(
            Definitions definitions, CommandBus bus, RunQueries queries, RunWatch watch) {
        WorkflowResource resource = new WorkflowResource();
        resource.definitions = definitions;
        resource.schemas = new TypeSchemas();
        resource.programs = new ProgramViews(List::of);
        Clock clock = () -> Instant.EPOCH;
        resource.runs =
                new StartRuns(bus, queries, new RunProjection(clock, new InMemoryDatabase(clock).blobs()), watch);
        return resource;
    }
}
