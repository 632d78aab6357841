package dev.pawl.engine.work;

import dev.pawl.engine.command.Assignment;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.TakeStep;
import dev.pawl.engine.command.TakeWork;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.model.StepKey;
import dev.pawl.engine.model.WorkerId;
import dev.pawl.engine.port.Chance;
import dev.pawl.engine.port.Clock;
import dev.pawl.engine.port.StoreUnavailableException;
import dev.pawl.engine.work.ExecuteStep.Reported;
import dev.pawl.engine.work.JobOutcome.Answer;
import dev.pawl.engine.work.code.CodeTools;
import dev.pawl.engine.work.code.StepCalls;
import dev.pawl.engine.work.limit.StepGates;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes steps on this server. It takes as much work as it has places for, runs user code outside any transaction,
 * reports, and goes on with the next step of the same run; when a run has nothing more for it, it looks for other work.
 * A wake-up tells it that looking is worth while; it may be lost or doubled.
 */
public final class StepWorker {

    private static final Logger LOG = LoggerFactory.getLogger(StepWorker.class);

    private final WorkerId worker;
    private final CommandBus commands;
    private final Executor executor;
    private final Clock clock;
    private final WorkerSettings settings;
    private final RunningSteps running;
    private final WriteDesk desk;
    private final StepGates gates;
    private final ExecuteStep execution;
    private final DescribeOutcome outcomes;
    private final Semaphore places;
    /** By lease: an heir of a step may run here beside the one that lost it. */
    private final Map<String, StepKey> holding = new ConcurrentHashMap<>();

    /** Executed here, but nobody could be told how it ended. */
    private final Set<StepKey> unreported = ConcurrentHashMap.newKeySet();

    private final AtomicInteger wakeUps = new AtomicInteger();
    private volatile boolean thereMayBeMore;
    private volatile boolean open = true;
    private volatile boolean looking = true;
    private volatile Instant doubtfulUntil = Instant.MIN;

    public StepWorker(
            WorkerId worker,
            CommandBus bus,
            Definitions definitions,
            Executor executor,
            Clock clock,
            Chance chance,
            Payloads payloads,
            StageServices services,
            WorkerSettings settings,
            StepCalls stepCalls) {
        this.worker = worker;
        this.commands = new DoubtingBus(bus, this::doubt);
        this.executor = executor;
        this.clock = clock;
        this.settings = settings;
        this.running = new RunningSteps();
        this.desk = new WriteDesk(commands, this, executor, settings);
        UntilBack untilBack = new UntilBack(running::isGoingDown);
        this.gates = new StepGates(commands, clock, worker, settings.leaseFor());
        this.execution = new ExecuteStep(
                commands,
                definitions,
                new CodeTools(
                        payloads,
                        clock,
                        chance,
                        services.tracing().carriedBy(executor),
                        stepCalls,
                        services.ai(),
                        gates),
                services,
                settings.leaseFor(),
                new ReportDesk(commands, desk),
                running,
                untilBack);
        this.outcomes = new DescribeOutcome(payloads.patient(untilBack));
        this.places = new Semaphore(settings.places());
    }

    public WorkerId id() {
        return worker;
    }

    /** Steps this worker executes or is about to execute. */
    Set<StepKey> holding() {
        return Set.copyOf(holding.values());
    }

    /** Where what this server writes at the same time comes together. */
    WriteDesk desk() {
        return desk;
    }

    /** Steps whose code was executed here and could not be reported. */
    Set<StepKey> unreported() {
        return unreported;
    }

    /** A transaction may have been committed without an answer: steps may be leased to this worker that it does not know of. */
    private void doubt() {
        doubtfulUntil = clock.now().plus(settings.leaseFor());
    }

    /** Whether that was so within the length of a lease. */
    boolean isInDoubt() {
        return clock.now().isBefore(doubtfulUntil);
    }

    public RunningSteps running() {
        return running;
    }

    /** Between steps with policies and their code. */
    StepGates gates() {
        return gates;
    }

    public WorkerSettings settings() {
        return settings;
    }

    /** From now on it never looks for work: only what is asked for by name or by number is done. */
    public void waitToBeAsked() {
        looking = false;
    }

    /** Whether a wake-up would lead to more steps here. */
    public boolean hasRoom() {
        return open && looking && places.availablePermits() > 0;
    }

    /**
     * Keeps places for steps that are about to be leased to this worker, not more than there are free; none while others may
     * wait, who come first. {@link #begin(List, int)} follows.
     */
    int reserve(int most) {
        int reserved = 0;
        while (reserved < most && hasRoom() && !thereMayBeMore && places.tryAcquire()) {
            reserved++;
        }
        return reserved;
    }

    /** Executes steps leased for kept places, and frees the places there are no steps for. */
    void begin(List<Assignment> assignments, int reserved) {
        assignments.forEach(this::beginRun);
        places.release(reserved - assignments.size());
    }

    /** Looks for work, soon and on another thread; calls that come meanwhile are answered by one more look. */
    public void wake() {
        if (open && looking && wakeUps.getAndIncrement() == 0) {
            try {
                executor.execute(this::look);
            } catch (RejectedExecutionException e) {
                wakeUps.set(0);
                LOG.warn("There is no thread to look for work; a timer will look again", e);
            }
        }
    }

    /**
     * Executes a step delivered by name, and nothing after it; a step that is done or held by somebody else is left alone.
     *
     * @return completed once the step has been reported
     */
    public CompletableFuture<JobOutcome> execute(StepKey step) {
        if (!open || !places.tryAcquire()) {
            return CompletableFuture.completedFuture(JobOutcome.of(step, Answer.NOT_AVAILABLE));
        }
        boolean started = false;
        try {
            TakeStep.Result result = commands.execute(
                            Envelope.internal(new TakeStep(step, worker, settings.leaseFor())))
                    .orThrow();
            started = result.assignment().isPresent();
            return result.assignment()
                    .map(this::executeAlone)
                    .orElseGet(() -> CompletableFuture.completedFuture(outcomes.of(step, result)));
        } finally {
            if (!started) {
                places.release();
            }
        }
    }

    /**
     * Executes steps that are due, each alone, as many at the same time as there are places.
     *
     * @return completed once all of them have been reported; the outcomes of those this server took
     */
    public CompletableFuture<List<JobOutcome>> executeDue(int max) {
        List<CompletableFuture<JobOutcome>> begun = beginDue(max);
        CompletableFuture<List<JobOutcome>> batch = CompletableFuture.allOf(begun.toArray(CompletableFuture[]::new))
                .thenApply(all -> begun.stream().map(CompletableFuture::join).toList());
        return begun.isEmpty() || begun.size() == max
                ? batch
                : batch.thenCombine(batch.thenCompose(ended -> executeDue(max - ended.size())), StepWorker::joined);
    }

    private static List<JobOutcome> joined(List<JobOutcome> first, List<JobOutcome> more) {
        return Stream.concat(first.stream(), more.stream()).toList();
    }

    private List<CompletableFuture<JobOutcome>> beginDue(int max) {
        int room = 0;
        while (room < max && open && places.tryAcquire()) {
            room++;
        }
        if (room == 0) {
            return List.of();
        }
        int taken = 0;
        try {
            TakeWork.Taken work = commands.execute(
                            Envelope.internal(new TakeWork(worker, room, settings.leaseFor(), false)))
                    .orThrow();
            taken = work.assignments().size();
            return work.assignments().stream().map(this::executeAlone).toList();
        } finally {
            places.release(room - taken);
        }
    }

    /** Whether nothing is being taken, executed or reported. */
    public boolean isIdle() {
        return places.availablePermits() == settings.places();
    }

    /** Takes no more work. What runs goes on. */
    public void close() {
        open = false;
    }

    private void look() {
        int answered;
        do {
            answered = wakeUps.get();
            boolean looked = false;
            try {
                fillPlaces();
                looked = true;
            } catch (StoreUnavailableException e) {
                LOG.debug("A timer will look for work again", e);
                looked = true;
            } catch (RuntimeException e) {
                LOG.warn("Looking for work failed; a timer will look again", e);
                looked = true;
            } finally {
                if (!looked) {
                    // an Error ends this thread, and the next wake-up must find that nobody looks
                    wakeUps.set(0);
                }
            }
        } while (!wakeUps.compareAndSet(answered, 0));
    }

    private void fillPlaces() {
        boolean more = true;
        while (more && open) {
            int room = freePlaces();
            if (room == 0) {
                return;
            }
            int taken = 0;
            try {
                TakeWork.Taken work = commands.execute(
                                Envelope.internal(new TakeWork(worker, room, settings.leaseFor())))
                        .orThrow();
                taken = work.assignments().size();
                more = work.more();
                thereMayBeMore = more;
                work.assignments().forEach(this::beginRun);
            } finally {
                places.release(room - taken);
            }
        }
    }

    /** Looks twice: whoever frees a place between the two looks did not know yet that there may be more. */
    private int freePlaces() {
        int room = places.drainPermits();
        if (room > 0) {
            return room;
        }
        thereMayBeMore = true;
        return places.drainPermits();
    }

    private void begin(Assignment assignment, Consumer<Assignment> execute) {
        hold(assignment);
        try {
            executor.execute(() -> execute.accept(assignment));
        } catch (RejectedExecutionException e) {
            holding.remove(assignment.lease().token());
            places.release();
            throw e;
        }
    }

    private void beginRun(Assignment assignment) {
        try {
            begin(assignment, this::executeFrom);
        } catch (RejectedExecutionException e) {
            LOG.warn("There is no thread for step {}; its lease will run out", assignment.key(), e);
        }
    }

    private void executeFrom(Assignment first) {
        try {
            Optional<Assignment> next = Optional.of(first);
            while (next.isPresent()) {
                next = executeOne(next.get(), () -> open).next();
                next.ifPresent(this::hold);
            }
        } catch (RuntimeException e) {
            notReported(first, e);
        } finally {
            freePlace();
        }
    }

    private void freePlace() {
        places.release();
        if (thereMayBeMore) {
            wake();
        }
    }

    /** Executes one step and nothing after it. */
    private CompletableFuture<JobOutcome> executeAlone(Assignment assignment) {
        CompletableFuture<JobOutcome> outcome = new CompletableFuture<>();
        try {
            begin(assignment, held -> outcome.complete(outcomeOf(held)));
        } catch (RejectedExecutionException e) {
            LOG.warn("There is no thread for step {}; its lease will run out", assignment.key(), e);
            outcome.complete(JobOutcome.of(assignment.key(), Answer.UNREPORTED));
        }
        return outcome;
    }

    private JobOutcome outcomeOf(Assignment held) {
        try {
            return outcomes.of(held.key(), executeOne(held, () -> false));
        } catch (RuntimeException e) {
            notReported(held, e);
            return JobOutcome.of(held.key(), Answer.UNREPORTED);
        } finally {
            freePlace();
        }
    }

    private static void notReported(Assignment assignment, RuntimeException why) {
        LOG.error("The outcome of step {} could not be reported; its lease will run out", assignment.key(), why);
    }

    private Reported executeOne(Assignment assignment, BooleanSupplier carryOn) {
        try {
            return execution.execute(assignment, carryOn);
        } catch (RuntimeException e) {
            unreported.add(assignment.key());
            throw e;
        } finally {
            holding.remove(assignment.lease().token());
        }
    }

    private void hold(Assignment assignment) {
        holding.put(assignment.lease().token(), assignment.key());
    }

    /** Steps running here, oldest first. */
    List<RunningStep> steps() {
        return running.all();
    }
}
