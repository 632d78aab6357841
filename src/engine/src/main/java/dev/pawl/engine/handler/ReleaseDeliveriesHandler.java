package dev.pawl.engine.handler;

import dev.pawl.engine.command.ReleaseDeliveries;

/** What a server was calling listeners with when it went down is due again; the calls count. */
final class ReleaseDeliveriesHandler implements Handler<ReleaseDeliveries, ReleaseDeliveries.Released> {

    @Override
    public ReleaseDeliveries.Released handle(ReleaseDeliveries command, UnitOfWork work) {
        return new ReleaseDeliveries.Released(work.ports()
                .deliveries()
                .release(command.worker().node(), command.worker().owner(), work.now()));
    }
}
