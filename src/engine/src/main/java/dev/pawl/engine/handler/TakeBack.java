package dev.pawl.engine.handler;

import dev.pawl.engine.command.ReapStale.Reaped;
import dev.pawl.engine.event.EventType;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Lease;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.StepFigures;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.model.StepStatus;
import dev.pawl.engine.model.Suspension;
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
                boolean lost = step.status().isOpen()
                        && step.lease() != null
                        && isLost.test(step.lease())
                        && run.status().isActive();
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
                .flatMap(definition -> definition.options(step.id()))
                .map(options -> options.retry().maxAttempts())
                .orElse(ATTEMPTS_OF_UNKNOWN_STAGES);
        Suspension suspension = step.isPolled() ? step.suspension() : null;
        int tried = suspension == null ? run.countedAttempt(step.attempt()) : suspension.failedPolls() + 1;
        Failure failure = new Failure(
                "LEASE_EXPIRED",
                "The worker " + step.lease().owner() + " that executed attempt " + step.attempt() + " of step "
                        + step.id() + " of run " + run.id() + " did not report before its lease ended",
                step.id());
        if (tried < allowed) {
            if (suspension == null) {
                run.requeue(step.id(), work.now(), step.attempt(), failure);
            } else {
                run.suspend(step.id(), suspension.pollFailed(), work.now(), step.attempt(), failure, StepFigures.NONE);
            }
            work.record(run, EventType.STAGE_RETRYING, ReportStepHandler.payload(failure, step.attempt(), work.now()));
            return true;
        }
        run.endStep(step.id(), StepStatus.FAILED, failure, StepFigures.NONE, work.now());
        work.record(run, EventType.STAGE_FAILED, ReportStepHandler.payload(failure, step.attempt(), null));
        advance.fail(run, failure, work);
        return false;
    }
}
