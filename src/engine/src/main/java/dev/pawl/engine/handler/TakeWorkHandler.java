package dev.pawl.engine.handler;

import dev.pawl.engine.command.Assignment;
import dev.pawl.engine.command.TakeWork;
import dev.pawl.engine.interpret.Definition;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.StepState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Fills a worker's free places: steps of running runs first, then pending runs, which are claimed and begun in the same
 * transaction. What stays open in a run after the places are full is due work for others.
 */
final class TakeWorkHandler implements Handler<TakeWork, TakeWork.Taken> {

    private final DefinitionOfRun definitionOf;
    private final StartRun start;
    private final Undeployed undeployed;

    TakeWorkHandler(DefinitionOfRun definitionOf, StartRun start, Undeployed undeployed) {
        this.definitionOf = definitionOf;
        this.start = start;
        this.undeployed = undeployed;
    }

    @Override
    public TakeWork.Taken handle(TakeWork command, UnitOfWork work) {
        boolean moreArrivals = Delivery.deliver(work);
        List<Assignment> taken = new ArrayList<>();
        LeaseStep lease = new LeaseStep(work, command.worker().owner(), command.leaseFor());
        List<Run> due = work.track(work.ports().runs().lockDue(command.max(), work.now()));
        due.forEach(run -> takeSteps(run, command.max(), lease, taken, work));
        int room = command.claims() ? command.max() - taken.size() : 0;
        List<Run> pending =
                room == 0 ? List.of() : work.track(work.ports().runs().lockPending(room));
        for (Run run : pending) {
            if (start.start(run, work)) {
                takeSteps(run, command.max(), lease, taken, work);
            }
        }
        boolean someFailed = Stream.concat(due.stream(), pending.stream())
                .anyMatch(run -> run.status().isFinished());
        return new TakeWork.Taken(taken, moreArrivals || taken.size() == command.max() || someFailed);
    }

    private void takeSteps(Run run, int max, LeaseStep lease, List<Assignment> taken, UnitOfWork work) {
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
