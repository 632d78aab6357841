package dev.pawl.engine.handler;

import dev.pawl.engine.command.ReapStale;
import dev.pawl.engine.command.ReleaseOrphans;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.StepFigures;
import dev.pawl.engine.model.StepKey;
import dev.pawl.engine.model.StepState;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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
        int handedBack = 0;
        for (StepKey key : command.steps()) {
            Run run = work.run(key.run());
            Optional<StepState> orphan = run.step(key.stepId())
                    .filter(step -> run.status().isActive()
                            && step.isHeldBy(command.worker().owner()));
            if (orphan.isPresent() && command.begun().contains(key)) {
                begun.add(orphan.get().lease().token());
            } else if (orphan.isPresent()) {
                run.handBack(orphan.get(), work.now(), StepFigures.NONE);
                handedBack++;
            }
        }
        List<Run> runs = command.runs().stream().map(work::run).toList();
        ReapStale.Reaped reaped = takeBack.takeBack(runs, lease -> begun.contains(lease.token()), work);
        return new ReapStale.Reaped(handedBack + reaped.requeued(), reaped.failed());
    }
}
