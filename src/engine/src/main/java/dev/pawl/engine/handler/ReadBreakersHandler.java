package dev.pawl.engine.handler;

import dev.pawl.engine.command.ReadBreakers;

/** Reads the circuit breakers that keep anybody from anything. */
final class ReadBreakersHandler implements Handler<ReadBreakers, ReadBreakers.NotClosed> {

    @Override
    public ReadBreakers.NotClosed handle(ReadBreakers command, UnitOfWork work) {
        return new ReadBreakers.NotClosed(work.ports().breakers().notClosed());
    }
}
