package dev.pawl.engine.handler;

import dev.pawl.engine.command.ReapStale.Reaped;
import dev.pawl.engine.event.EventType;
import dev.pawl.engine.interpret.Definition;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.interpret.PipelineDefinition;
import dev.pawl.engine.interpret.StageDefinition;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Lease;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepFigures;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.model.StepStatus;
import java.util.List;
import java.util.function.Predicate;

/** Takes steps from workers that are gone. Each start of user code counted as an attempt, so a crash loop comes to an end. */
final class TakeBack {

    private static final int ATTEMPTS_OF_UNKNOWN_STAGES = 3;

    private final Definitions definitions;
    private final AdvanceRun advance;

    TakeBack(Definitions definitions, AdvanceRun advance) {
        this.definitions = definitions;
        this.advance = advance;
    }

    Reaped takeBack(List<Run> runs, Predicate<Lease> isLost, UnitOfWork work) {
        int requeued = 0;
        int failed = 0;
        for (Run run : runs) {
            for (StepState step : run.steps()) {
                boolean lost = step.status() == StepStatus.RUNNING
                        && step.lease() != null
                        && isLost.test(step.lease())
                        && run.status() == RunStatus.RUNNING;
                if (lost && takeBack(run, step, work)) {
                    requeued++;
                } else if (lost) {
                    failed++;
                }
            }
        }
        return new Reaped(requeued, failed);
    }

    /** Whether the step may be tried again. */
    private boolean takeBack(Run run, StepState step, UnitOfWork work) {
        int allowed = definitions
                .find(run.header().workflowId(), run.header().workflowVersion())
                .flatMap(definition -> stage(definition, step.id()))
                .map(stage -> stage.stage().options().retry().maxAttempts())
                .orElse(ATTEMPTS_OF_UNKNOWN_STAGES);
        Failure failure = new Failure(
                "LEASE_EXPIRED",
                "The worker " + step.lease().owner() + " that executed attempt " + step.attempt() + " of step "
                        + step.id() + " of run " + run.id() + " did not report before its lease ended",
                step.id());
        if (step.attempt() < allowed) {
            run.requeue(step.id(), work.now(), step.attempt(), failure);
            work.record(run, EventType.STAGE_RETRYING, ReportStepHandler.payload(failure, step.attempt(), work.now()));
            return true;
        }
        run.endStep(step.id(), StepStatus.FAILED, failure, StepFigures.NONE, work.now());
        work.record(run, EventType.STAGE_FAILED, ReportStepHandler.payload(failure, step.attempt(), null));
        advance.fail(run, failure, work);
        return false;
    }

    private static java.util.Optional<StageDefinition> stage(Definition definition, String stepId) {
        return ((PipelineDefinition) definition).stage(stepId);
    }
}
