package dev.pawl.engine.handler;

import dev.pawl.engine.command.ReadOutputs;

/** Reads outputs for user code that asks for those of earlier stages. */
final class ReadOutputsHandler implements Handler<ReadOutputs, ReadOutputs.Outputs> {

    @Override
    public ReadOutputs.Outputs handle(ReadOutputs command, UnitOfWork work) {
        return new ReadOutputs.Outputs(work.ports().runs().outputs(command.run()));
    }
}
