package dev.pawl.engine.handler;

import dev.pawl.engine.event.EventType;
import dev.pawl.engine.interpret.Definition;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.limit.Hold;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a claimed run RUNNING with its first group open, or FAILED when nothing deployed can execute it. */
final class StartRun {

    private static final Logger LOG = LoggerFactory.getLogger(StartRun.class);

    private final DefinitionOfRun definitionOf;
    private final AdvanceRun advance;

    StartRun(DefinitionOfRun definitionOf, AdvanceRun advance) {
        this.definitionOf = definitionOf;
        this.advance = advance;
    }

    private static void tellBegin(Run run, UnitOfWork work) {
        Hold hold = run.state().hold();
        if (hold != null && hold.tellsBegin()) {
            run.hold(hold.begun());
            work.ports().limits().begun(List.of(run.id()));
            work.ports().afterCommit().run(work.ports().doorbell()::limits);
        }
    }

    /** Whether the run is RUNNING now. */
    boolean start(Run run, UnitOfWork work) {
        Optional<Definition> definition = definitionOf.find(run);
        if (definition.isEmpty()) {
            advance.fail(run, definitionOf.whyNone(run), work);
            return false;
        }
        run.start(work.now());
        tellBegin(run, work);
        work.record(run, EventType.WORKFLOW_STARTED, Map.of());
        try {
            advance.advance(definition.get(), run, work);
        } catch (RuntimeException e) {
            LOG.warn("Run {} cannot be started and fails", run.id(), e);
            advance.fail(run, Failure.of("CLAIM_FAILED", "The first group cannot be opened: " + e), work);
        }
        return run.status() == RunStatus.RUNNING;
    }
}
