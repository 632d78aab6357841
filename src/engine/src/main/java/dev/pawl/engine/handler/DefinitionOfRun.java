package dev.pawl.engine.handler;

import dev.pawl.engine.interpret.Definition;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.StepState;
import java.util.Optional;

/**
 * Finds the definition that executes a run, and says why there is none. A definition that was changed under its old
 * version and no longer has the stages a run is at cannot execute that run.
 */
final class DefinitionOfRun {

    private final Definitions definitions;

    DefinitionOfRun(Definitions definitions) {
        this.definitions = definitions;
    }

    Optional<Definition> find(Run run) {
        return deployed(run).filter(definition -> missingStep(definition, run).isEmpty());
    }

    /** Why {@link #find} is empty. */
    Failure whyNone(Run run) {
        String wanted = "workflow '" + run.header().workflowId() + "' in version "
                + run.header().workflowVersion();
        return deployed(run)
                .flatMap(definition -> missingStep(definition, run))
                .map(step -> new Failure(
                        "STAGE_NOT_FOUND",
                        "Run " + run.id() + " is at stage '" + step.id() + "' of group " + step.group() + ", and "
                                + wanted + " as deployed now has no such stage there."
                                + " Deploy changed stages under a new version.",
                        step.id()))
                .orElseGet(() -> Failure.of(
                        "WORKFLOW_NOT_FOUND",
                        "Run " + run.id() + " needs " + wanted + "; deployed are " + definitions.deployed()
                                + ". Deploy that version and run it again."));
    }

    private Optional<Definition> deployed(Run run) {
        return definitions.find(run.header().workflowId(), run.header().workflowVersion());
    }

    private static Optional<StepState> missingStep(Definition definition, Run run) {
        return run.steps().stream().filter(step -> !definition.has(step)).findFirst();
    }
}
