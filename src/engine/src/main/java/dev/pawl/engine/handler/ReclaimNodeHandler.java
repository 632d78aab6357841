package dev.pawl.engine.handler;

import dev.pawl.engine.command.ReapStale;
import dev.pawl.engine.command.ReclaimNode;
import dev.pawl.engine.model.Run;
import java.util.List;

/** Takes back what earlier incarnations of a node had leased. */
final class ReclaimNodeHandler implements Handler<ReclaimNode, ReapStale.Reaped> {

    private final TakeBack takeBack;

    ReclaimNodeHandler(TakeBack takeBack) {
        this.takeBack = takeBack;
    }

    @Override
    public ReapStale.Reaped handle(ReclaimNode command, UnitOfWork work) {
        String owner = command.worker().owner();
        String node = command.worker().node();
        List<Run> runs = work.track(work.ports().runs().lockLeftBehind(command.max(), node, owner));
        return takeBack.takeBack(
                runs,
                lease -> lease.owner().startsWith(node + "#") && !lease.owner().equals(owner),
                work);
    }
}
