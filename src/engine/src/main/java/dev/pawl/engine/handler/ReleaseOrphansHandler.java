package dev.pawl.engine.handler;

import dev.pawl.engine.command.ReapStale;
import dev.pawl.engine.command.ReleaseOrphans;
import dev.pawl.engine.model.Lease;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.StepKey;
import dev.pawl.engine.model.StepState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes back leases that their owner does not know of. */
final class ReleaseOrphansHandler implements Handler<ReleaseOrphans, ReapStale.Reaped> {

    private final TakeBack takeBack;

    ReleaseOrphansHandler(TakeBack takeBack) {
        this.takeBack = takeBack;
    }

    @Override
    public ReapStale.Reaped handle(ReleaseOrphans command, UnitOfWork work) {
        work.lock(command.runs());
        Set<String> begun = new HashSet<>();
        Set<String> notBegun = new HashSet<>();
        for (StepKey key : command.steps()) {
            work.run(key.run())
                    .step(key.stepId())
                    .map(StepState::lease)
                    .filter(lease -> lease.owner().equals(command.worker().owner()))
                    .map(Lease::token)
                    .ifPresent((command.begun().contains(key) ? begun : notBegun)::add);
        }
        List<Run> runs = command.runs().stream().map(work::run).toList();
        int handedBack = takeBack.handBack(runs, lease -> notBegun.contains(lease.token()), work);
        ReapStale.Reaped reaped = takeBack.takeBack(runs, lease -> begun.contains(lease.token()), work);
        return new ReapStale.Reaped(handedBack + reaped.requeued(), reaped.failed());
    }
}
