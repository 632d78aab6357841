package dev.pawl.ejb.catalog;

import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.Pipeline;
import dev.pawl.api.WorkflowSource;
import dev.pawl.api.machine.StateMachine;
import dev.pawl.engine.interpret.CodeDefinition;
import dev.pawl.engine.interpret.Definition;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.interpret.MachineDefinition;
import dev.pawl.engine.interpret.PipelineDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks every source once; a definition that is wrong stops the application with its message. */
@ApplicationScoped
public class WorkflowDiscovery {

    private static final Logger LOG = LoggerFactory.getLogger(WorkflowDiscovery.class);

    @Produces
    @Singleton
    Definitions definitions(
            @Any Instance<Pipeline<?, ?>> pipelines,
            @Any Instance<StateMachine<?>> machines,
            @Any Instance<WorkflowSource> sources,
            @Any Instance<DurableWorkflow<?, ?>> methods,
            BeanManager beans) {
        List<Definition> found = new ArrayList<>();
        pipelines.forEach(pipeline -> found.add(new PipelineDefinition(pipeline)));
        machines.forEach(machine -> found.add(new MachineDefinition(machine)));
        for (WorkflowSource source : sources) {
            source.machines().forEach(machine -> found.add(new MachineDefinition(machine)));
            source.workflows().forEach(pipeline -> found.add(new PipelineDefinition(pipeline)));
            source.code().forEach(code -> found.add(new CodeDefinition(code)));
        }
        for (Instance.Handle<DurableWorkflow<?, ?>> method : methods.handles()) {
            WorkflowBean.of(method.getBean(), beans).ifPresent(bean -> found.add(bean.definition()));
        }
        Definitions definitions = new Definitions(found);
        LOG.info("Workflows deployed: {}", definitions.deployed());
        return definitions;
    }
}
