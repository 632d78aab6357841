package dev.pawl.engine.handler;

import dev.pawl.engine.command.TakeStep;
import dev.pawl.engine.command.TakeStep.Answer;
import dev.pawl.engine.interpret.Definition;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.StepState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Gives a named step to a worker, unless it is done, held, not due, or no longer wanted. */
final class TakeStepHandler implements Handler<TakeStep, TakeStep.Result> {

    private final DefinitionOfRun definitionOf;

    TakeStepHandler(DefinitionOfRun definitionOf) {
        this.definitionOf = definitionOf;
    }

    @Override
    public TakeStep.Result handle(TakeStep command, UnitOfWork work) {
        Run run = work.run(command.step().run());
        String stepId = command.step().stepId();
        Optional<Payload> stored = Optional.ofNullable(
                work.ports().runs().outputs(run.id(), List.of(stepId)).get(stepId));
        if (stored.isPresent()) {
            return new TakeStep.Result(Answer.COMPLETED, Optional.empty(), stored);
        }
        Optional<Definition> definition = definitionOf.find(run);
        if (!run.status().isActive() || definition.isEmpty()) {
            return answer(Answer.DISCARDED);
        }
        if (run.step(stepId).map(StepState::lease).isPresent()) {
            return answer(Answer.HELD);
        }
        LeaseStep lease = new LeaseStep(work, command.worker().owner(), command.leaseFor());
        Optional<StepState> step = run.step(stepId).filter(found -> isExecutable(found, work.now()));
        if (step.isEmpty() || run.state().paused()) {
            return answer(Answer.NOT_AVAILABLE);
        }
        return new TakeStep.Result(
                Answer.TAKEN, Optional.of(lease.leaseToStart(definition.get(), run, step.get())), Optional.empty());
    }

    /** What waits for work elsewhere can be executed at any time: it sees what it suspended with. */
    private static boolean isExecutable(StepState step, Instant now) {
        return step.isPolled() || step.isDue(now);
    }

    private static TakeStep.Result answer(Answer answer) {
        return new TakeStep.Result(answer, Optional.empty(), Optional.empty());
    }
}
