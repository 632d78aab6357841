package dev.pawl.engine.handler;

import dev.pawl.engine.command.Assignment;
import dev.pawl.engine.command.TakeWork;
import dev.pawl.engine.model.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fills a worker's free places: steps of running runs first, then pending runs, which are claimed and begun in the same
 * transaction. What stays open in a run after the places are full is due work for others.
 */
final class TakeWorkHandler implements Handler<TakeWork, TakeWork.Taken> {

    private final TakeSteps steps;
    private final StartRun start;

    TakeWorkHandler(TakeSteps steps, StartRun start) {
        this.steps = steps;
        this.start = start;
    }

    @Override
    public TakeWork.Taken handle(TakeWork command, UnitOfWork work) {
        boolean moreArrivals = Delivery.deliver(work);
        List<Assignment> taken = new ArrayList<>();
        LeaseStep lease = new LeaseStep(work, command.worker().owner(), command.leaseFor());
        List<Run> due = work.track(work.ports().runs().lockDue(command.max(), work.now()));
        lease.prepare(due);
        due.forEach(run -> steps.take(run, command.max(), lease, taken, work));
        int room = command.claims() ? command.max() - taken.size() : 0;
        List<Run> pending =
                room == 0 ? List.of() : work.track(work.ports().runs().lockPending(room));
        for (Run run : pending) {
            if (start.start(run, work)) {
                steps.take(run, command.max(), lease, taken, work);
            }
        }
        boolean someFailed = Stream.concat(due.stream(), pending.stream())
                .anyMatch(run -> run.status().isFinished());
        return new TakeWork.Taken(taken, moreArrivals || taken.size() == command.max() || someFailed);
    }
}
