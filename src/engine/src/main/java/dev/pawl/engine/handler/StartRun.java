package dev.pawl.engine.handler;

import dev.pawl.engine.event.EventType;
import dev.pawl.engine.interpret.Definition;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunStatus;
import java.util.Map;
import java.util.Optional;

/** Makes a claimed run RUNNING with its first group open, or FAILED when nothing deployed can execute it. */
final class StartRun {

    private final DefinitionOfRun definitionOf;
    private final AdvanceRun advance;

    StartRun(DefinitionOfRun definitionOf, AdvanceRun advance) {
        this.definitionOf = definitionOf;
        this.advance = advance;
    }

    /** Whether the run is RUNNING now. */
    boolean start(Run run, UnitOfWork work) {
        Optional<Definition> definition = definitionOf.find(run);
        if (definition.isEmpty()) {
            advance.fail(run, definitionOf.whyNone(run), work);
            return false;
        }
        run.start(work.now());
        work.record(run, EventType.WORKFLOW_STARTED, Map.of());
        advance.advance(definition.get(), run, work);
        return run.status() == RunStatus.RUNNING;
    }
}
