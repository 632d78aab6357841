package dev.pawl.engine.handler;

import dev.pawl.engine.event.EventType;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.StepFigures;
import dev.pawl.engine.model.StepKind;
import dev.pawl.engine.model.StepState;
import java.util.Map;
import java.util.Optional;

/**
 * What becomes of a run that nothing deployed can execute. A pipeline fails. Durable code, which may have slept for a year,
 * is parked until its version is deployed again.
 */
final class Undeployed {

    private final DefinitionOfRun definitionOf;
    private final AdvanceRun advance;

    Undeployed(DefinitionOfRun definitionOf, AdvanceRun advance) {
        this.definitionOf = definitionOf;
        this.advance = advance;
    }

    void handle(Run run, UnitOfWork work) {
        Failure why = definitionOf.whyNone(run);
        Optional<StepState> method = run.steps().stream()
                .filter(step -> step.kind() == StepKind.CODE)
                .findFirst();
        if (method.isEmpty()) {
            advance.fail(run, why, work);
            return;
        }
        run.suspend(method.get().id(), null, null, 0, why, StepFigures.NONE);
        work.record(run, EventType.WORKFLOW_PARKED, Map.of("code", why.code(), "message", why.message()));
        if (run.settle()) {
            work.record(run, EventType.WORKFLOW_SUSPENDED, Map.of());
        }
    }
}
