package dev.pawl.engine.handler;

import dev.pawl.engine.command.ClaimPending;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import java.util.ArrayList;
import java.util.List;

/** Starts the pending runs of highest priority, each on its own merits: one that cannot start stops no other. */
final class ClaimPendingHandler implements Handler<ClaimPending, ClaimPending.Claimed> {

    private final StartRun start;

    ClaimPendingHandler(StartRun start) {
        this.start = start;
    }

    @Override
    public ClaimPending.Claimed handle(ClaimPending command, UnitOfWork work) {
        List<RunId> started = new ArrayList<>();
        List<RunId> failed = new ArrayList<>();
        for (Run run : work.track(work.ports().runs().lockPending(command.maxClaims()))) {
            (start.start(run, work) ? started : failed).add(run.id());
        }
        return new ClaimPending.Claimed(started, failed);
    }
}
