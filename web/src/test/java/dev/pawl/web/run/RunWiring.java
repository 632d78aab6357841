package dev.pawl.web.run;

import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.query.RunQueries;

/** Does for tests what the container does by injection. */
public final class RunWiring {

    private RunWiring() {}

    public static RunResource resource(CommandBus bus, RunQueries queries) {
        RunResource resource = new RunResource();
        resource.bus = bus;
        resource.runs = new ReadRuns(queries);
        return resource;
    }
}
