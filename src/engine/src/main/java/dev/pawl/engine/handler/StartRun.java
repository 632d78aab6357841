package dev.pawl.engine.handler;

import dev.pawl.engine.event.EventType;
import dev.pawl.engine.interpret.Definition;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunStatus;
import java.util.Map;
import java.util.Optional;

/** Makes a claimed run RUNNING with its first group open, or FAILED when nothing deployed can execute it. */
final class StartRun {

    private final Definitions definitions;
    private final AdvanceRun advance;

    StartRun(Definitions definitions, AdvanceRun advance) {
        this.definitions = definitions;
        this.advance = advance;
    }

    /** Whether the run is RUNNING now. */
    boolean start(Run run, UnitOfWork work) {
        Optional<Definition> definition =
                definitions.find(run.header().workflowId(), run.header().workflowVersion());
        if (definition.isEmpty()) {
            advance.fail(run, notFound(run), work);
            return false;
        }
        run.start(work.now());
        work.record(run, EventType.WORKFLOW_STARTED, Map.of());
        advance.advance(definition.get(), run, work);
        return run.status() == RunStatus.RUNNING;
    }

    Failure notFound(Run run) {
        return Failure.of(
                "WORKFLOW_NOT_FOUND",
                "Run " + run.id() + " needs workflow '" + run.header().workflowId() + "' in version "
                        + run.header().workflowVersion() + "; deployed are " + definitions.deployed()
                        + ". Deploy that version and run it again.");
    }
}
