package dev.pawl.engine.handler;

import dev.pawl.engine.command.ReadCancelWishes;

/** Looks for wishes to cancel; changes nothing. */
final class ReadCancelWishesHandler implements Handler<ReadCancelWishes, ReadCancelWishes.Wishes> {

    @Override
    public ReadCancelWishes.Wishes handle(ReadCancelWishes command, UnitOfWork work) {
        return new ReadCancelWishes.Wishes(work.ports().journals().cancelWishes(command.among()));
    }
}
