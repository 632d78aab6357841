package dev.pawl.engine.handler;

import dev.pawl.engine.command.PollSuspended;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StepState;
import java.util.List;

/** Finds the suspended stages that are due and wakes workers for them. */
final class PollSuspendedHandler implements Handler<PollSuspended, PollSuspended.Due> {

    @Override
    public PollSuspended.Due handle(PollSuspended command, UnitOfWork work) {
        List<Run> runs = command.runId() == null
                ? work.track(work.ports().runs().lockDue(command.max(), work.now()))
                : one(command.runId(), work);
        int due = (int) runs.stream()
                .flatMap(run -> run.steps().stream())
                .filter(step -> step.isPolled() && step.isDue(work.now()))
                .count();
        if (due > 0) {
            work.ports().afterCommit().run(work.ports().doorbell()::work);
        }
        return new PollSuspended.Due(Math.min(due, command.max()));
    }

    private static List<Run> one(RunId id, UnitOfWork work) {
        Run run = work.runOfCaller(id);
        run.steps().stream()
                .filter(StepState::isPolled)
                .filter(step -> step.lease() == null && !step.isDue(work.now()))
                .forEach(step -> run.bringForward(step.id(), work.now()));
        return List.of(run);
    }
}
