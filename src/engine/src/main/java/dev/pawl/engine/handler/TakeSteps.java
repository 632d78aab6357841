package dev.pawl.engine.handler;

import dev.pawl.engine.command.Assignment;
import dev.pawl.engine.interpret.Definition;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.StepState;
import java.util.List;
import java.util.Optional;

/** Leases the due steps of a run, as many as there is room for. */
final class TakeSteps {

    private final DefinitionOfRun definitionOf;
    private final Undeployed undeployed;

    TakeSteps(DefinitionOfRun definitionOf, Undeployed undeployed) {
        this.definitionOf = definitionOf;
        this.undeployed = undeployed;
    }

    /** @param taken to which the steps are added, until it has {@code max} */
    void take(Run run, int max, LeaseStep lease, List<Assignment> taken, UnitOfWork work) {
        Optional<Definition> definition = definitionOf.find(run);
        if (definition.isEmpty()) {
            undeployed.handle(run, work);
            return;
        }
        Optional<StepState> next = lease.due(run);
        while (next.isPresent() && taken.size() < max) {
            taken.add(lease.lease(definition.get(), run, next.get()));
            next = lease.due(run);
        }
    }
}
