package dev.pawl.engine.handler;

import dev.pawl.engine.command.Unpark;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.StepState;
import java.util.List;

/** Makes parked methods due. */
final class UnparkHandler implements Handler<Unpark, Unpark.Unparked> {

    @Override
    public Unpark.Unparked handle(Unpark command, UnitOfWork work) {
        List<Run> parked = work.track(work.ports().runs().lockParked(command.max()));
        for (Run run : parked) {
            run.steps().stream().filter(StepState::isParked).forEach(step -> run.bringForward(step.id(), work.now()));
        }
        return new Unpark.Unparked(parked.size());
    }
}
