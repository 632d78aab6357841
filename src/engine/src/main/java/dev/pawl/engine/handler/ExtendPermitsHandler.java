package dev.pawl.engine.handler;

import dev.pawl.engine.command.ExtendPermits;

/** Extends the leases of the places that a worker's steps hold. */
final class ExtendPermitsHandler implements Handler<ExtendPermits, ExtendPermits.Extended> {

    @Override
    public ExtendPermits.Extended handle(ExtendPermits command, UnitOfWork work) {
        return new ExtendPermits.Extended(work.ports()
                .limits()
                .extend(command.worker().owner(), work.now().plus(command.leaseFor())));
    }
}
