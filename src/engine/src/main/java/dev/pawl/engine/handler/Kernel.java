package dev.pawl.engine.handler;

import dev.pawl.engine.command.AcquirePermit;
import dev.pawl.engine.command.AnnotateRun;
import dev.pawl.engine.command.CancelRun;
import dev.pawl.engine.command.ClaimPending;
import dev.pawl.engine.command.Command;
import dev.pawl.engine.command.CreateRun;
import dev.pawl.engine.command.CreateRunTraced;
import dev.pawl.engine.command.DeliverTickets;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.ExecuteJob;
import dev.pawl.engine.command.ExtendLeases;
import dev.pawl.engine.command.ExtendPermits;
import dev.pawl.engine.command.FindCached;
import dev.pawl.engine.command.FindDeliveries;
import dev.pawl.engine.command.FlushOutbox;
import dev.pawl.engine.command.GrantTickets;
import dev.pawl.engine.command.KeepCached;
import dev.pawl.engine.command.Outcome;
import dev.pawl.engine.command.PauseRun;
import dev.pawl.engine.command.PeekOutbox;
import dev.pawl.engine.command.PollSuspended;
import dev.pawl.engine.command.PostponeEntry;
import dev.pawl.engine.command.PublishEvents;
import dev.pawl.engine.command.ReadBreakers;
import dev.pawl.engine.command.ReadCancelWishes;
import dev.pawl.engine.command.ReadHistory;
import dev.pawl.engine.command.ReadJournal;
import dev.pawl.engine.command.ReadOutputs;
import dev.pawl.engine.command.ReapStale;
import dev.pawl.engine.command.ReclaimNode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.command.ReleaseDeliveries;
import dev.pawl.engine.command.ReleaseOrphans;
import dev.pawl.engine.command.ReleasePermits;
import dev.pawl.engine.command.RepairRuns;
import dev.pawl.engine.command.ReplayDeadLetters;
import dev.pawl.engine.command.Report;
import dev.pawl.engine.command.ReportCode;
import dev.pawl.engine.command.ReportProgress;
import dev.pawl.engine.command.ReportStep;
import dev.pawl.engine.command.RerunFrom;
import dev.pawl.engine.command.RetryRun;
import dev.pawl.engine.command.SeeToLimits;
import dev.pawl.engine.command.SendEvent;
import dev.pawl.engine.command.ServeListener;
import dev.pawl.engine.command.SignalRun;
import dev.pawl.engine.command.StartMachine;
import dev.pawl.engine.command.SweepBlobs;
import dev.pawl.engine.command.SweepLimits;
import dev.pawl.engine.command.TakeCreated;
import dev.pawl.engine.command.TakeProbe;
import dev.pawl.engine.command.TakeStep;
import dev.pawl.engine.command.TakeWork;
import dev.pawl.engine.command.TellBreaker;
import dev.pawl.engine.command.TransitionRun;
import dev.pawl.engine.command.Unpark;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.interpret.Listeners;
import dev.pawl.engine.model.Channel;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepKind;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.query.RunEnd;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Executes commands inside the transaction around the call: loads what they touch, lets their handlers decide, and writes
 * everything at the end. Knows neither how the transaction is begun nor where the rows are.
 */
public final class Kernel {

    private final KernelPorts ports;
    private final TellListeners listeners;
    private final Consumer<RunEnd> whenFinished;
    private final Map<Class<?>, Handler<?, ?>> handlers = new HashMap<>();

    /** @param whenFinished told, after the commit, of each run that has finished */
    public Kernel(KernelPorts ports, Definitions definitions, Listeners listeners, Consumer<RunEnd> whenFinished) {
        this.ports = ports;
        this.listeners = new TellListeners(listeners);
        this.whenFinished = whenFinished;
        AdvanceRun advance = new AdvanceRun();
        DefinitionOfRun definitionOf = new DefinitionOfRun(definitions);
        StartRun start = new StartRun(definitionOf, advance);
        Undeployed undeployed = new Undeployed(definitionOf, advance);
        TakeBack takeBack = new TakeBack(definitions, advance);
        CreateRunHandler create = new CreateRunHandler(definitions);
        register(CreateRun.class, create);
        register(CreateRunTraced.class, new CreateRunTracedHandler(create));
        register(ClaimPending.class, new ClaimPendingHandler(start));
        register(TransitionRun.class, new TransitionRunHandler(definitionOf, advance, undeployed));
        register(CancelRun.class, new CancelRunHandler());
        register(PauseRun.class, new PauseRunHandler());
        register(RerunFrom.class, new RerunFromHandler(definitions));
        register(AnnotateRun.class, new AnnotateRunHandler());
        register(RetryRun.class, new RetryRunHandler());
        register(PollSuspended.class, new PollSuspendedHandler());
        register(RepairRuns.class, new RepairRunsHandler(definitionOf, advance));
        register(SweepBlobs.class, new SweepBlobsHandler());
        MachineInstances instances = new MachineInstances(definitions);
        register(StartMachine.class, new StartMachineHandler(instances));
        register(SendEvent.class, new SendEventHandler(instances));
        TakeSteps steps = new TakeSteps(definitionOf, undeployed);
        register(TakeWork.class, new TakeWorkHandler(steps, start));
        register(TakeCreated.class, new TakeCreatedHandler(steps, start));
        register(ExecuteJob.class, new ExecuteJobHandler(definitionOf));
        register(TakeStep.class, new TakeStepHandler(definitionOf));
        register(ReportStep.class, new ReportStepHandler(definitionOf, advance));
        register(ReportCode.class, new ReportCodeHandler(definitionOf, advance, new OpenCheckpoints(create)));
        register(ReadJournal.class, new ReadJournalHandler());
        register(ReadHistory.class, new ReadHistoryHandler());
        register(ReadCancelWishes.class, new ReadCancelWishesHandler());
        register(ReportProgress.class, new ReportProgressHandler());
        register(ReapStale.class, new ReapStaleHandler(takeBack));
        register(ReclaimNode.class, new ReclaimNodeHandler(takeBack));
        register(ReleaseOrphans.class, new ReleaseOrphansHandler(takeBack));
        register(PublishEvents.class, new PublishEventsHandler());
        register(SignalRun.class, new SignalRunHandler());
        register(Unpark.class, new UnparkHandler());
        register(FlushOutbox.class, new FlushOutboxHandler());
        register(PeekOutbox.class, new PeekOutboxHandler());
        register(ExtendLeases.class, new ExtendLeasesHandler());
        register(ReadOutputs.class, new ReadOutputsHandler());
        register(PostponeEntry.class, new PostponeEntryHandler());
        register(ServeListener.class, new ServeListenerHandler());
        register(FindDeliveries.class, new FindDeliveriesHandler());
        register(ReleaseDeliveries.class, new ReleaseDeliveriesHandler());
        register(ReplayDeadLetters.class, new ReplayDeadLettersHandler());
        registerFlowControl();
    }

    private void registerFlowControl() {
        register(AcquirePermit.class, new AcquirePermitHandler());
        register(ReleasePermits.class, new ReleasePermitsHandler());
        register(ExtendPermits.class, new ExtendPermitsHandler());
        register(SeeToLimits.class, new SeeToLimitsHandler());
        register(GrantTickets.class, new GrantTicketsHandler());
        register(DeliverTickets.class, new DeliverTicketsHandler());
        register(SweepLimits.class, new SweepLimitsHandler());
        register(FindCached.class, new FindCachedHandler());
        register(KeepCached.class, new KeepCachedHandler());
        register(ReadBreakers.class, new ReadBreakersHandler());
        register(TellBreaker.class, new TellBreakerHandler());
        register(TakeProbe.class, new TakeProbeHandler());
    }

    /** Executes one command; a refusal is an answer and leaves nothing behind but its idempotency key. */
    public <R> Outcome<R> execute(Envelope<R> envelope) {
        if (envelope.idempotencyKey().isEmpty()) {
            return inUnit(envelope);
        }
        return new IdempotentExecution(ports.keys(), ports.clock()).execute(envelope, () -> inUnit(envelope));
    }

    /** Executes several commands that carry no idempotency key in one unit; runs they share are loaded and written once. */
    public List<Outcome<?>> executeTogether(List<? extends Envelope<?>> envelopes) {
        UnitOfWork work = new UnitOfWork(ports);
        envelopes.forEach(envelope -> adopt(envelope.command(), work));
        lockChannels(envelopes);
        Set<RunId> touched = new LinkedHashSet<>();
        envelopes.forEach(envelope -> touched.addAll(envelope.command().runs()));
        work.lock(touched);
        List<Outcome<?>> outcomes = new ArrayList<>();
        for (Envelope<?> envelope : envelopes) {
            outcomes.add(handle(envelope, work));
        }
        finish(work);
        return outcomes;
    }

    private <R> Outcome<R> inUnit(Envelope<R> envelope) {
        UnitOfWork work = new UnitOfWork(ports);
        adopt(envelope.command(), work);
        lockChannels(List.of(envelope));
        Outcome<R> outcome = handle(envelope, work);
        finish(work);
        return outcome;
    }

    /** A worker that holds the only open step of a run knows the run; a stale one is caught by compare-and-set. */
    private static void adopt(Command<?> command, UnitOfWork work) {
        if (command instanceof Report<?> report
                && report.trustRun()
                && report.assignment().run().steps().size() == 1) {
            work.adopt(report.assignment().run());
        }
    }

    /** Before any run is locked, so that nobody waits for a channel while somebody with that channel waits for the run. */
    private void lockChannels(List<? extends Envelope<?>> envelopes) {
        Set<Channel> publications = new TreeSet<>();
        Set<Channel> registrations = new TreeSet<>();
        for (Envelope<?> envelope : envelopes) {
            String tenant = envelope.caller().tenant();
            publications.addAll(envelope.command().publications(tenant));
            registrations.addAll(envelope.command().registrations(tenant));
        }
        if (!publications.isEmpty() || !registrations.isEmpty()) {
            ports.waits().lock(publications, registrations);
        }
    }

    private <R> Outcome<R> handle(Envelope<R> envelope, UnitOfWork work) {
        work.actFor(envelope.caller(), envelope.causationId().orElseGet(() -> ports.ids()
                .nextShort()));
        try {
            return new Outcome.Done<>(handlerOf(envelope.command()).handle(envelope.command(), work));
        } catch (RefusedException e) {
            return new Outcome.Refused<>(e.refusal());
        }
    }

    private void finish(UnitOfWork work) {
        List<Run> changed = work.changed();
        if (!changed.isEmpty()) {
            write(changed, work);
        }
        Publication.bring(work);
    }

    private void write(List<Run> changed, UnitOfWork work) {
        ports.runs().save(changed);
        closeJournals(changed, work);
        tellParents(changed, work);
        giveBack(changed);
        boolean heard = listeners.tell(changed, work);
        boolean worth = changed.stream().anyMatch(run -> wantsWorker(run, work));
        Optional<Instant> nextDue =
                changed.stream().flatMap(run -> dueLater(run, work)).min(Comparator.naturalOrder());
        List<RunEnd> finished = changed.stream()
                .filter(run -> run.status().isFinished())
                .map(RunEnd::of)
                .toList();
        ports.afterCommit().run(() -> {
            if (worth) {
                ports.doorbell().work();
            }
            nextDue.ifPresent(ports.doorbell()::workAt);
            ports.doorbell().events();
            if (heard) {
                ports.doorbell().deliveries();
            }
            finished.forEach(whenFinished);
        });
    }

    /** The journal of a run that has ended waits for nothing any more. */
    private void closeJournals(List<Run> changed, UnitOfWork work) {
        List<RunId> cutOff = changed.stream()
                .filter(run -> run.status() == RunStatus.FAILED || run.status() == RunStatus.CANCELLED)
                .filter(run -> run.steps().stream().anyMatch(step -> step.kind() == StepKind.CODE))
                .map(Run::id)
                .toList();
        if (!cutOff.isEmpty()) {
            ports.journals().close(cutOff, work.now());
        }
        List<RunId> ended = changed.stream()
                .filter(run -> run.status().isFinished())
                .filter(run -> run.steps().stream().anyMatch(step -> step.kind() == StepKind.CODE))
                .map(Run::id)
                .toList();
        if (!ended.isEmpty()) {
            ports.waits().closeAll(ended);
        }
    }

    /** The parent's own row is not touched here, so that runs are never locked from child to parent. */
    private void tellParents(List<Run> changed, UnitOfWork work) {
        List<Run> children = changed.stream()
                .filter(run -> run.header().parent() != null && run.status().isFinished())
                .toList();
        for (Run child : children) {
            ports.waits()
                    .childEnded(
                            child.id(), child.state().output(), child.state().failure(), work.now());
        }
        if (!children.isEmpty()) {
            ports.afterCommit().run(ports.doorbell()::work);
        }
    }

    /** Runs that have finished give their places back. */
    private void giveBack(List<Run> changed) {
        List<String> finished = changed.stream()
                .filter(run -> run.state().hold() != null && run.status().isFinished())
                .map(run -> run.id().value())
                .toList();
        if (!finished.isEmpty()) {
            ports.limits().done(finished);
            ports.afterCommit().run(ports.doorbell()::limits);
        }
    }

    private static boolean wantsWorker(Run run, UnitOfWork work) {
        if (run.state().paused() || run.state().isHeld() || run.status().isFinished()) {
            return false;
        }
        return run.status() == RunStatus.PENDING || run.steps().stream().anyMatch(step -> step.isDue(work.now()));
    }

    private static Stream<Instant> dueLater(Run run, UnitOfWork work) {
        return run.state().paused() || run.status().isFinished()
                ? Stream.empty()
                : run.steps().stream().map(StepState::dueAt).filter(due -> due != null && due.isAfter(work.now()));
    }

    private <C extends Command<R>, R> void register(Class<C> type, Handler<C, R> handler) {
        handlers.put(type, handler);
    }

    @SuppressWarnings("unchecked")
    private <R> Handler<Command<R>, R> handlerOf(Command<R> command) {
        Handler<?, ?> handler = handlers.get(command.getClass());
        if (handler == null) {
            throw new IllegalArgumentException("No handler for command " + command.type());
        }
        return (Handler<Command<R>, R>) handler;
    }
}
