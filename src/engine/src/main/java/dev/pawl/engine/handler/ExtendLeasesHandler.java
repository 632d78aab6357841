package dev.pawl.engine.handler;

import dev.pawl.engine.command.ExtendLeases;

/** Moves the end of a worker's leases; the runs themselves do not change. */
final class ExtendLeasesHandler implements Handler<ExtendLeases, ExtendLeases.Held> {

    @Override
    public ExtendLeases.Held handle(ExtendLeases command, UnitOfWork work) {
        return new ExtendLeases.Held(work.ports()
                .runs()
                .extendLeases(command.worker().owner(), work.now().plus(command.leaseFor())));
    }
}
