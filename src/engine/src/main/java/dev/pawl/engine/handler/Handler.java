package dev.pawl.engine.handler;

import dev.pawl.engine.command.Command;

/** Carries out one kind of command. */
interface Handler<C extends Command<R>, R> {

    /** @throws dev.pawl.engine.command.RefusedException before anything is changed */
    R handle(C command, UnitOfWork work);
}
