package dev.pawl.engine.handler;

import dev.pawl.engine.command.Assignment;
import dev.pawl.engine.command.TakeCreated;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunStatus;
import java.util.ArrayList;
import java.util.List;

/** Spares a run whose worker is at hand the way over the database: it is created as a run that this worker executes. */
final class TakeCreatedHandler implements Handler<TakeCreated, TakeCreated.Taken> {

    private final TakeSteps steps;
    private final StartRun start;

    TakeCreatedHandler(TakeSteps steps, StartRun start) {
        this.steps = steps;
        this.start = start;
    }

    @Override
    public TakeCreated.Taken handle(TakeCreated command, UnitOfWork work) {
        List<Assignment> taken = new ArrayList<>();
        LeaseStep lease = new LeaseStep(work, command.worker().owner(), command.leaseFor());
        for (Run run : work.changed()) {
            if (taken.size() < command.max() && mayBegin(run) && start.start(run, work)) {
                steps.take(run, command.max(), lease, taken, work);
            }
        }
        return new TakeCreated.Taken(taken);
    }

    private static boolean mayBegin(Run run) {
        return run.isNew()
                && run.status() == RunStatus.PENDING
                && !run.state().paused()
                && !run.state().isHeld();
    }
}
