package dev.pawl.engine.handler;

import dev.pawl.engine.command.PeekOutbox;

/** Looks at the outbox. */
final class PeekOutboxHandler implements Handler<PeekOutbox, PeekOutbox.Due> {

    @Override
    public PeekOutbox.Due handle(PeekOutbox command, UnitOfWork work) {
        return new PeekOutbox.Due(work.ports().outbox().lockDue(command.max(), work.now()).stream()
                .map(FlushOutboxHandler::keyOf)
                .toList());
    }
}
