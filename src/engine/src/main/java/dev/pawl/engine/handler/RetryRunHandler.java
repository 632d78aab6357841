package dev.pawl.engine.handler;

import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.command.RetryRun;
import dev.pawl.engine.event.EventType;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.StepState;
import java.util.List;
import java.util.Map;

/** Makes due now what waits for a later time. */
final class RetryRunHandler implements Handler<RetryRun, RetryRun.Retried> {

    @Override
    public RetryRun.Retried handle(RetryRun command, UnitOfWork work) {
        Run run = work.runOfCaller(command.runId());
        if (run.status().isFinished()) {
            throw new RefusedException(Refusal.of(
                    RefusalCode.RUN_FINISHED,
                    "Run " + run.id() + " is " + run.status()
                            + " and waits for nothing; rerun it from a stage to do that work again"));
        }
        List<String> waiting = run.steps().stream()
                .filter(step -> step.lease() == null && step.status().isOpen())
                .filter(step ->
                        step.isParked() || step.dueAt() != null && step.dueAt().isAfter(work.now()))
                .map(StepState::id)
                .toList();
        waiting.forEach(stepId -> run.bringForward(stepId, work.now()));
        if (!waiting.isEmpty()) {
            work.record(
                    run,
                    EventType.WORKFLOW_RETRIED,
                    Map.of("stages", waiting, "principal", work.caller().principal()));
        }
        return new RetryRun.Retried(waiting);
    }
}
