package dev.pawl.engine.handler;

import dev.pawl.engine.command.ReportCode;
import dev.pawl.engine.command.ReportCode.Receipt;
import dev.pawl.engine.command.ReportCode.Then;
import dev.pawl.engine.event.EventType;
import dev.pawl.engine.interpret.Definition;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.StepFigures;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.model.StepStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Adds to a run's journal under the lease of its method, and lets the method go on, wait or end, in the same transaction.
 * A report without the current lease changes nothing and is noted in the run's log.
 */
final class ReportCodeHandler implements Handler<ReportCode, Receipt> {

    private final DefinitionOfRun definitionOf;
    private final AdvanceRun advance;
    private final OpenCheckpoints checkpoints;

    ReportCodeHandler(DefinitionOfRun definitionOf, AdvanceRun advance, OpenCheckpoints checkpoints) {
        this.checkpoints = checkpoints;
        this.definitionOf = definitionOf;
        this.advance = advance;
    }

    @Override
    public Receipt handle(ReportCode command, UnitOfWork work) {
        Run run = work.run(command.assignment().run().id());
        Optional<StepState> held = run.step(command.assignment().stepId())
                .filter(step -> step.isHeldWith(command.assignment().lease().token()));
        if (!run.status().isActive() || held.isEmpty()) {
            return new Receipt.Discarded(LateReport.note(run, command.assignment(), work));
        }
        if (!command.log().isEmpty()) {
            work.ports().log().append(command.log());
        }
        Known known = command.trustRun() ? Known.ALL : known(run, command, work);
        List<Checkpoint> fresh = known.withoutStored(command.checkpoints());
        boolean continues = command.then() instanceof Then.Continue;
        List<Checkpoint> settled = new ArrayList<>();
        for (Checkpoint entry : fresh) {
            if (continues) {
                CheckpointEvents.record(run, entry, work);
            } else {
                checkpoints.record(run, entry, work).ifPresent(settled::add);
            }
        }
        run.note(held.get().id(), command.figures(), !fresh.isEmpty());
        boolean news = known.news();
        goOn(run, held.get(), command, settled, news, work);
        if (run.settle()) {
            work.record(run, EventType.WORKFLOW_SUSPENDED, Map.of());
        }
        return new Receipt.Recorded(run, settled, news, run.state().paused());
    }

    private void goOn(
            Run run, StepState main, ReportCode command, List<Checkpoint> settled, boolean news, UnitOfWork work) {
        Then then = command.then();
        if (then instanceof Then.Suspend suspend) {
            Optional<Instant> wakeAt = suspend.wakeAt();
            boolean nothingToDo = settled.isEmpty()
                    && !news
                    && wakeAt.map(time -> time.isAfter(work.now())).orElse(true);
            if (nothingToDo) {
                run.suspend(main.id(), null, wakeAt.orElse(null), 0, null, StepFigures.NONE);
            }
        } else if (then instanceof Then.Complete complete) {
            complete(run, main, complete.output(), work);
        } else if (then instanceof Then.Fail fail) {
            run.endStep(main.id(), StepStatus.FAILED, fail.failure(), StepFigures.NONE, work.now());
            advance.fail(run, fail.failure(), work);
        } else if (then instanceof Then.Cancelled) {
            cancel(run, work);
        } else if (then instanceof Then.Park park) {
            run.suspend(main.id(), null, null, 0, park.failure(), StepFigures.NONE);
            work.record(
                    run,
                    EventType.WORKFLOW_PARKED,
                    Map.of(
                            "code",
                            park.failure().code(),
                            "message",
                            park.failure().message()));
        } else if (then instanceof Then.Continue anew) {
            settled.add(continueAsNew(run, anew, command, work));
        } else if (then instanceof Then.HandBack) {
            run.handBack(run.step(main.id()).orElseThrow(), work.now(), StepFigures.NONE);
        }
    }

    private void complete(Run run, StepState main, Payload output, UnitOfWork work) {
        run.completeStep(main.id(), output, StepFigures.NONE, work.now());
        Optional<Definition> definition = definitionOf.find(run);
        if (definition.isEmpty()) {
            advance.fail(run, definitionOf.whyNone(run), work);
        } else {
            advance.advance(definition.get(), run, work);
        }
    }

    private static void cancel(Run run, UnitOfWork work) {
        Map<String, Object> wish = work.ports().journals().read(run.id(), List.of(Checkpoint.CANCEL_ORDINAL)).stream()
                .findFirst()
                .map(Checkpoint::detail)
                .<Map<String, Object>>map(CancelRunHandler::wish)
                .orElse(Map.of("reason", CancelRunHandler.NO_REASON));
        run.cancel(Failure.of("CANCELLED", String.valueOf(wish.get("reason"))), work.now());
        work.record(run, EventType.WORKFLOW_CANCELLED, wish);
    }

    /** The journal is closed: nothing of it is needed any more. */
    private static Checkpoint continueAsNew(Run run, Then.Continue anew, ReportCode command, UnitOfWork work) {
        Payload before = command.assignment().request().input();
        if (before instanceof Payload.Stored stored) {
            work.ports().runs().discard(List.of(stored.blobKey()));
        }
        Checkpoint first = CloseJournal.beginAnew(run, command.checkpoints(), work);
        run.replaceRequest(command.assignment().request().withInput(anew.input()));
        work.record(run, EventType.WORKFLOW_CONTINUED, Map.of("generation", first.occurrence()));
        return first;
    }

    /** What the store holds of what the report is about, when the worker's view of the run is not known to be current. */
    private static Known known(Run run, ReportCode command, UnitOfWork work) {
        Set<Integer> ordinals = new HashSet<>(command.awaited());
        ordinals.add(Checkpoint.CANCEL_ORDINAL);
        command.checkpoints().forEach(entry -> ordinals.add(entry.ordinal()));
        Map<Integer, Checkpoint> stored = new HashMap<>();
        work.ports().journals().read(run.id(), ordinals).forEach(entry -> stored.put(entry.ordinal(), entry));
        boolean news = stored.values().stream().anyMatch(entry -> isNews(entry, command));
        return new Known(stored, news);
    }

    private static boolean isNews(Checkpoint stored, ReportCode command) {
        boolean awaited = command.awaited().contains(stored.ordinal());
        return stored.ordinal() == Checkpoint.CANCEL_ORDINAL ? !awaited : awaited && !stored.isOpen();
    }

    private record Known(Map<Integer, Checkpoint> stored, boolean news) {
        static final Known ALL = new Known(Map.of(), false);

        /** A report whose answer was lost comes once more. */
        List<Checkpoint> withoutStored(List<Checkpoint> reported) {
            return reported.stream().filter(entry -> !isStored(entry)).toList();
        }

        private boolean isStored(Checkpoint entry) {
            Checkpoint there = stored.get(entry.ordinal());
            return there != null && there.status() == entry.status() && there.attempt() == entry.attempt();
        }
    }
}
