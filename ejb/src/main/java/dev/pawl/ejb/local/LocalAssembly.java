package dev.pawl.ejb.local;

import dev.pawl.api.local.EngineDriver;
import dev.pawl.api.local.Entities;
import dev.pawl.api.local.Events;
import dev.pawl.api.local.Machines;
import dev.pawl.api.local.Workflows;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.WhoCalls;
import dev.pawl.engine.query.MachineQueries;
import dev.pawl.engine.query.RunQueries;
import dev.pawl.engine.query.RunWatch;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Offers the engine to beans of the application. */
@ApplicationScoped
public class LocalAssembly {

    @EJB
    private DriverBean driverBean;

    @Produces
    @Singleton
    Workflows workflows(CommandBus bus, WhoCalls who, RunQueries queries, RunWatch watch) {
        return new CallWorkflows(new SendCommand(bus, who), queries, watch);
    }

    @Produces
    @Singleton
    Machines machines(CommandBus bus, WhoCalls who, MachineQueries queries) {
        return new CallMachines(new SendCommand(bus, who), queries);
    }

    @Produces
    @Singleton
    Events events(CommandBus bus, WhoCalls who) {
        return new CallEvents(new SendCommand(bus, who));
    }

    @Produces
    @Singleton
    EngineDriver driver(CommandBus bus, WhoCalls who) {
        return new CallDriver(new SendCommand(bus, who), driverBean);
    }

    @Produces
    @Singleton
    Entities entities(dev.pawl.manifest.host.Entities entities, WhoCalls who) {
        return new CallEntities(entities, who);
    }
}
