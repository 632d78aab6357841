package dev.pawl.engine.handler;

import dev.pawl.engine.command.CreateRun;
import dev.pawl.engine.command.CreateRunTraced;

/** Creates a run in the trace of whoever asked for it. */
final class CreateRunTracedHandler implements Handler<CreateRunTraced, CreateRun.Created> {

    private final CreateRunHandler create;

    CreateRunTracedHandler(CreateRunHandler create) {
        this.create = create;
    }

    @Override
    public CreateRun.Created handle(CreateRunTraced command, UnitOfWork work) {
        return create.create(command.create(), command.trace(), work);
    }
}
