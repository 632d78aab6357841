package dev.pawl.engine.query;

import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.interpret.MachineDefinition;
import dev.pawl.engine.model.MachineRuns;
import java.util.Optional;

/** Reads instances of state machines as they are committed. */
public final class MachineQueries {

    private final RunQueries runs;
    private final Definitions definitions;

    public MachineQueries(RunQueries runs, Definitions definitions) {
        this.runs = runs;
        this.definitions = definitions;
    }

    /** Empty when there is no such machine, or it has no such instance in this tenant. */
    public Optional<MachineView> find(String tenant, String machine, String instance) {
        return definitions
                .latest(machine)
                .filter(MachineDefinition.class::isInstance)
                .map(MachineDefinition.class::cast)
                .flatMap(definition -> runs.find(tenant, MachineRuns.idOf(tenant, machine, instance))
                        .map(run -> MachineView.of(run, definition)));
    }
}
