package dev.pawl.engine.handler;

import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.command.StartMachine;
import dev.pawl.engine.interpret.MachineDefinition;
import dev.pawl.engine.interpret.MachineState;
import dev.pawl.engine.model.Run;

/** Brings an instance into being, once. */
final class StartMachineHandler implements Handler<StartMachine, StartMachine.Instance> {

    private final MachineInstances instances;

    StartMachineHandler(MachineInstances instances) {
        this.instances = instances;
    }

    @Override
    public StartMachine.Instance handle(StartMachine command, UnitOfWork work) {
        MachineDefinition definition = instances.definition(command.machine());
        if (instances.find(command.machine(), command.instance(), work).isPresent()) {
            throw new RefusedException(Refusal.of(
                    RefusalCode.INSTANCE_EXISTS,
                    "Machine '" + command.machine() + "' has an instance '" + command.instance() + "' already"));
        }
        Run run = instances.create(definition, command.instance(), command.data(), work);
        MachineState state = MachineInstances.stateOf(run);
        return new StartMachine.Instance(
                run.id(), command.machine(), command.instance(), state.state(), state.state(), state.data());
    }
}
