package dev.pawl.engine.handler;

import dev.pawl.engine.command.RepairRuns;
import dev.pawl.engine.interpret.Definition;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StepFigures;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.model.StepStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives stuck runs what they lack: a due time, an open group, or the transition that was missed. */
final class RepairRunsHandler implements Handler<RepairRuns, RepairRuns.Repaired> {

    private static final Logger LOG = LoggerFactory.getLogger(RepairRunsHandler.class);

    private final DefinitionOfRun definitionOf;
    private final AdvanceRun advance;

    RepairRunsHandler(DefinitionOfRun definitionOf, AdvanceRun advance) {
        this.definitionOf = definitionOf;
        this.advance = advance;
    }

    @Override
    public RepairRuns.Repaired handle(RepairRuns command, UnitOfWork work) {
        List<RunId> repaired = new ArrayList<>();
        for (Run run : work.track(work.ports().runs().lockStuck(command.max()))) {
            LOG.warn("Run {} was {} with nothing to come; it is moved on", run.id(), run.status());
            repair(run, work);
            repaired.add(run.id());
        }
        return new RepairRuns.Repaired(repaired);
    }

    private void repair(Run run, UnitOfWork work) {
        Optional<Definition> definition = definitionOf.find(run);
        if (definition.isEmpty()) {
            advance.fail(run, definitionOf.whyNone(run), work);
            return;
        }
        Optional<StepState> failed = run.steps().stream()
                .filter(step -> step.status() == StepStatus.FAILED)
                .findFirst();
        if (failed.isPresent()) {
            Failure why = failed.get().failure();
            advance.fail(
                    run,
                    why == null
                            ? Failure.of("STAGE_FAILED", "Its error is not known")
                                    .in(failed.get().id())
                            : why,
                    work);
        } else if (run.steps().isEmpty()) {
            reopen(run, definition.get(), work);
        } else if (run.steps().stream().anyMatch(step -> step.status().isOpen())) {
            run.steps().stream().filter(step -> step.status().isOpen()).forEach(step -> makeDue(run, step, work));
        } else {
            advance.advance(definition.get(), run, work);
        }
    }

    private static void makeDue(Run run, StepState step, UnitOfWork work) {
        if (step.status() == StepStatus.RUNNING) {
            run.requeue(step.id(), work.now(), step.attempt(), step.failure(), StepFigures.NONE);
        } else {
            run.bringForward(step.id(), work.now());
        }
    }

    private void reopen(Run run, Definition definition, UnitOfWork work) {
        definition
                .open(run.state().group(), work.now())
                .ifPresentOrElse(
                        group -> run.open(group.group(), group.steps()),
                        () -> advance.fail(
                                run,
                                Failure.of(
                                        "EMPTY_STAGE_GRAPH",
                                        "Run " + run.id() + " is at group "
                                                + run.state().group() + ", which its workflow does not have"),
                                work));
    }
}
