package dev.pawl.engine.handler;

import dev.pawl.engine.command.SeeToLimits;

/** Reads what is to be done, without a lock. */
final class SeeToLimitsHandler implements Handler<SeeToLimits, SeeToLimits.Seen> {

    @Override
    public SeeToLimits.Seen handle(SeeToLimits command, UnitOfWork work) {
        return new SeeToLimits.Seen(
                work.ports().limits().scopes(work.now(), command.max()),
                !work.ports().limits().granted(1).isEmpty());
    }
}
