package dev.pawl.engine.handler;

import dev.pawl.engine.command.ReleasePermits;

/** Gives places back without waiting for anybody; who is let in then is found out elsewhere. */
final class ReleasePermitsHandler implements Handler<ReleasePermits, ReleasePermits.Released> {

    @Override
    public ReleasePermits.Released handle(ReleasePermits command, UnitOfWork work) {
        int released = work.ports().limits().done(command.holders());
        if (released > 0) {
            work.ports().afterCommit().run(work.ports().doorbell()::limits);
        }
        return new ReleasePermits.Released(released);
    }
}
