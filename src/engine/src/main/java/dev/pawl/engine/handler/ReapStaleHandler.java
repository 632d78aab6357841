package dev.pawl.engine.handler;

import dev.pawl.engine.command.ReapStale;
import dev.pawl.engine.model.Run;
import java.util.List;

/** Takes back what workers did not report before their leases ended. */
final class ReapStaleHandler implements Handler<ReapStale, ReapStale.Reaped> {

    private final TakeBack takeBack;

    ReapStaleHandler(TakeBack takeBack) {
        this.takeBack = takeBack;
    }

    @Override
    public ReapStale.Reaped handle(ReapStale command, UnitOfWork work) {
        List<Run> runs = work.track(work.ports().runs().lockExpired(command.max(), work.now()));
        return takeBack.takeBack(runs, lease -> lease.until().isBefore(work.now()), work);
    }
}
