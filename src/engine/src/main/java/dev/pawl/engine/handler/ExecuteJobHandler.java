package dev.pawl.engine.handler;

import dev.pawl.engine.command.ExecuteJob;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.model.Run;

/** Refuses what can never be executed; whether the step can be executed now is seen when it is taken. */
final class ExecuteJobHandler implements Handler<ExecuteJob, ExecuteJob.Accepted> {

    private final DefinitionOfRun definitionOf;

    ExecuteJobHandler(DefinitionOfRun definitionOf) {
        this.definitionOf = definitionOf;
    }

    @Override
    public ExecuteJob.Accepted handle(ExecuteJob command, UnitOfWork work) {
        Run run = work.runOfCaller(command.runId());
        definitionOf
                .find(run)
                .filter(definition -> definition.options(command.stageId()).isEmpty())
                .ifPresent(definition -> {
                    throw new RefusedException(Refusal.of(
                            RefusalCode.STAGE_NOT_FOUND,
                            "Workflow '" + definition.id() + "' in version " + definition.version() + " has no stage '"
                                    + command.stageId() + "'"));
                });
        return new ExecuteJob.Accepted(run.status());
    }
}
