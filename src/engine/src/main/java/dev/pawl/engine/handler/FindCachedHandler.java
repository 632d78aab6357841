package dev.pawl.engine.handler;

import dev.pawl.engine.command.FindCached;

/** Reads a cached result. */
final class FindCachedHandler implements Handler<FindCached, FindCached.Found> {

    @Override
    public FindCached.Found handle(FindCached command, UnitOfWork work) {
        return new FindCached.Found(
                work.ports().cached().find(command.key(), work.now()).orElse(null));
    }
}
