package dev.pawl.engine.handler;

import dev.pawl.engine.command.TransitionRun;
import dev.pawl.engine.interpret.Definition;
import dev.pawl.engine.model.Run;
import java.util.Optional;

/** Moves a run on, once, however many ask for it: the run is locked, and a closed group opens its successor only once. */
final class TransitionRunHandler implements Handler<TransitionRun, TransitionRun.Transitioned> {

    private final DefinitionOfRun definitionOf;
    private final AdvanceRun advance;
    private final Undeployed undeployed;

    TransitionRunHandler(DefinitionOfRun definitionOf, AdvanceRun advance, Undeployed undeployed) {
        this.definitionOf = definitionOf;
        this.advance = advance;
        this.undeployed = undeployed;
    }

    @Override
    public TransitionRun.Transitioned handle(TransitionRun command, UnitOfWork work) {
        Run run = work.runOfCaller(command.runId());
        if (!run.status().isActive()) {
            return new TransitionRun.Transitioned(TransitionRun.Result.NOOP);
        }
        Optional<Definition> definition = definitionOf.find(run);
        if (definition.isEmpty()) {
            undeployed.handle(run, work);
            return new TransitionRun.Transitioned(TransitionRun.Result.FAILED);
        }
        return new TransitionRun.Transitioned(advance.advance(definition.get(), run, work));
    }
}
