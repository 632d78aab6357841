package dev.pawl.engine.handler;

import dev.pawl.engine.command.PeekOutbox;

/** Looks at the outbox. */
final class PeekOutboxHandler implements Handler<PeekOutbox, PeekOutbox.Due> {

    @Override
    public PeekOutbox.Due handle(PeekOutbox command, UnitOfWork work) {
        return new PeekOutbox.Due(work.ports().outbox().peek(command.lane(), command.max(), work.now()));
    }
}
