package dev.pawl.engine.handler;

import dev.pawl.engine.command.FindDeliveries;

/** Looks who is to hear something, and keeps what is being heard from falling due. */
final class FindDeliveriesHandler implements Handler<FindDeliveries, FindDeliveries.Found> {

    @Override
    public FindDeliveries.Found handle(FindDeliveries command, UnitOfWork work) {
        command.extend().ifPresent(by -> work.ports()
                .deliveries()
                .extend(command.owner(), work.now().plus(by)));
        return new FindDeliveries.Found(work.ports().deliveries().due(command.listeners(), work.now()));
    }
}
