package dev.pawl.engine.work;

import dev.pawl.api.StageOptions;
import dev.pawl.engine.command.Assignment;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.ReadJournal;
import dev.pawl.engine.command.ReadOutputs;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.command.Report;
import dev.pawl.engine.command.ReportCode;
import dev.pawl.engine.command.ReportStep;
import dev.pawl.engine.command.ReportStep.Receipt;
import dev.pawl.engine.command.ReportStep.Result;
import dev.pawl.engine.command.TakeStep;
import dev.pawl.engine.command.TakeWork;
import dev.pawl.engine.interpret.CodeDefinition;
import dev.pawl.engine.interpret.Definition;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.interpret.PipelineDefinition;
import dev.pawl.engine.interpret.StageDefinition;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StepFigures;
import dev.pawl.engine.model.StepKey;
import dev.pawl.engine.model.WorkerId;
import dev.pawl.engine.port.Chance;
import dev.pawl.engine.port.Clock;
import dev.pawl.engine.port.StoreUnavailableException;
import dev.pawl.engine.work.code.CodeExecution;
import dev.pawl.engine.work.code.CodeReports;
import dev.pawl.engine.work.code.CodeTools;
import dev.pawl.engine.work.code.StepCalls;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes steps on this server. It takes as much work as it has places for, runs user code outside any transaction,
 * reports, and goes on with the next step of the same run; when a run has nothing more for it, it looks for other work.
 * A wake-up tells it that looking is worth while; it may be lost or doubled.
 */
public final class StepWorker {

    private static final Logger LOG = LoggerFactory.getLogger(StepWorker.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final WorkerId worker;
    private final CommandBus commands;
    private final Definitions definitions;
    private final Executor executor;
    private final Clock clock;
    private final Chance chance;
    private final Payloads payloads;
    private final StageServices services;
    private final Payloads patientPayloads;
    private final UntilBack untilBack;
    private final WorkerSettings settings;
    private final ReportDesk desk;
    private final CodeExecution code;
    private final RunningSteps running;
    private final Semaphore places;
    /** By lease: an heir of a step may run here beside the one that lost it. */
    private final Map<String, StepKey> holding = new ConcurrentHashMap<>();

    private final AtomicInteger wakeUps = new AtomicInteger();
    private volatile boolean thereMayBeMore;
    private volatile boolean open = true;

    public StepWorker(
            WorkerId worker,
            CommandBus commands,
            Definitions definitions,
            Executor executor,
            Clock clock,
            Chance chance,
            Payloads payloads,
            StageServices services,
            WorkerSettings settings,
            StepCalls stepCalls) {
        this.worker = worker;
        this.commands = commands;
        this.definitions = definitions;
        this.executor = executor;
        this.clock = clock;
        this.payloads = payloads;
        this.services = services;
        this.settings = settings;
        this.chance = chance;
        this.desk = new ReportDesk(commands, executor, settings);
        this.code = new CodeExecution(
                new ReportsOfCode(), new CodeTools(payloads, clock, chance, executor, stepCalls, services.ai()));
        this.running = new RunningSteps();
        this.untilBack = new UntilBack(running::isGoingDown);
        this.patientPayloads = payloads.patient(untilBack);
        this.places = new Semaphore(settings.places());
    }

    public WorkerId id() {
        return worker;
    }

    /** Steps this worker executes or is about to execute. */
    Set<StepKey> holding() {
        return Set.copyOf(holding.values());
    }

    public RunningSteps running() {
        return running;
    }

    public WorkerSettings settings() {
        return settings;
    }

    /** Looks for work, soon and on another thread; calls that come meanwhile are answered by one more look. */
    public void wake() {
        if (open && wakeUps.getAndIncrement() == 0) {
            try {
                executor.execute(this::look);
            } catch (RejectedExecutionException e) {
                wakeUps.set(0);
                LOG.warn("There is no thread to look for work; a timer will look again", e);
            }
        }
    }

    /** Executes a step delivered by name; a step that is done or held by somebody else is left alone. */
    public TakeStep.Result executeJob(StepKey step) {
        if (!open || !places.tryAcquire()) {
            return new TakeStep.Result(TakeStep.Answer.NOT_AVAILABLE, Optional.empty(), Optional.empty());
        }
        boolean started = false;
        try {
            TakeStep.Result result = commands.execute(
                            Envelope.internal(new TakeStep(step, worker, settings.leaseFor())))
                    .orThrow();
            started = result.assignment().isPresent();
            result.assignment().ifPresent(this::begin);
            return result;
        } finally {
            if (!started) {
                places.release();
            }
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
                work.assignments().forEach(this::begin);
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

    private void begin(Assignment assignment) {
        hold(assignment);
        try {
            executor.execute(() -> executeFrom(assignment));
        } catch (RejectedExecutionException e) {
            letGo(assignment);
            places.release();
            LOG.warn("There is no thread for step {}; its lease will run out", assignment.key(), e);
        }
    }

    private void executeFrom(Assignment first) {
        try {
            Optional<Assignment> next = Optional.of(first);
            while (next.isPresent()) {
                next = executeOne(next.get());
                next.ifPresent(this::hold);
            }
        } catch (RuntimeException e) {
            LOG.error("The outcome of step {} could not be reported; its lease will run out", first.key(), e);
        } finally {
            places.release();
            if (thereMayBeMore) {
                wake();
            }
        }
    }

    private Optional<Assignment> executeOne(Assignment assignment) {
        try {
            return running.isGoingDown() ? handBack(assignment) : executeHeld(assignment);
        } finally {
            letGo(assignment);
        }
    }

    private void hold(Assignment assignment) {
        holding.put(assignment.lease().token(), assignment.key());
    }

    private void letGo(Assignment assignment) {
        holding.remove(assignment.lease().token());
    }

    /** User code is not begun where that of others has just been interrupted. */
    private Optional<Assignment> handBack(Assignment assignment) {
        reported(new ReportStep(
                assignment, new Result.HandedBack(), StepFigures.NONE, List.of(), false, settings.leaseFor(), true));
        return Optional.empty();
    }

    private Optional<Assignment> executeHeld(Assignment assignment) {
        Definition definition = definitions
                .find(
                        assignment.run().header().workflowId(),
                        assignment.run().header().workflowVersion())
                .orElseThrow();
        boolean inTransaction = isTransactional(definition, assignment.stepId());
        RunningStep step = new RunningStep(
                assignment,
                payloads(inTransaction),
                outputsOf(inTransaction, assignment.run().id()),
                services,
                clock);
        running.add(step);
        try {
            if (definition instanceof CodeDefinition method) {
                code.execute(method, new HostedCode(step, running));
                return Optional.empty();
            }
            StepCode code = codeOf((PipelineDefinition) definition, assignment);
            Receipt receipt = code.isTransactional() ? executeInTransaction(code, step) : execute(code, step);
            if (receipt instanceof Receipt.Discarded discarded) {
                LOG.info("The result of step {} was discarded: {}", assignment.key(), discarded.reason());
            }
            return receipt instanceof Receipt.Accepted accepted ? accepted.next() : Optional.empty();
        } finally {
            step.end();
            running.remove(step);
        }
    }

    private StepCode codeOf(PipelineDefinition pipeline, Assignment assignment) {
        StageDefinition stage = pipeline.stage(assignment.stepId()).orElseThrow();
        return new StageExecution(
                pipeline, stage, payloads(stage.stage().options().isTransactional()), chance);
    }

    private Receipt execute(StepCode code, RunningStep step) {
        Result result;
        try {
            result = code.execute(step);
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            result = stopped(code, step, e);
        } finally {
            step.end();
        }
        return reported(report(step, result, true));
    }

    /** A transaction that has lost its database can only be begun again. */
    private Payloads payloads(boolean inTransaction) {
        return inTransaction ? payloads : patientPayloads;
    }

    private static boolean isTransactional(Definition definition, String stepId) {
        return definition.options(stepId).map(StageOptions::isTransactional).orElse(false);
    }

    /**
     * Repeats a report that could not be written: for as long as the step's lease may last, or, while the database is away,
     * until it is back.
     */
    private <R> R reported(Report<R> report) {
        Duration paused = Duration.ZERO;
        Duration pause = FIRST_PAUSE;
        while (true) {
            try {
                return untilBack.call(() -> desk.report(report));
            } catch (RefusedException | StoreUnavailableException e) {
                throw e;
            } catch (RuntimeException e) {
                if (paused.compareTo(settings.leaseFor()) >= 0
                        || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LOG.warn(
                        "The report of step {} could not be written and is repeated",
                        report.assignment().key(),
                        e);
                LockSupport.parkNanos(pause.toNanos());
                paused = paused.plus(pause);
                pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    private Receipt executeInTransaction(StepCode code, RunningStep step) {
        try {
            return commands.executeWith(
                            () -> callInTransaction(code, step),
                            result -> Envelope.internal(report(step, result, false)),
                            Receipt.Accepted.class::isInstance)
                    .orThrow();
        } catch (UserCodeFailed e) {
            step.end();
            return reported(report(step, stopped(code, step, e.getCause()), false));
        } catch (StoreUnavailableException e) {
            LOG.debug(
                    "The transaction of step {} is begun again",
                    step.assignment().key(),
                    e);
            step.end();
            return reported(report(step, new Result.HandedBack(), false));
        }
    }

    private Result callInTransaction(StepCode code, RunningStep step) {
        step.beginAgain();
        try {
            Result result = code.execute(step);
            step.end();
            return result;
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            throw new UserCodeFailed(e);
        }
    }

    /**
     * Code that was stopped because this server goes down, or because the engine could not reach its database for it, has
     * not failed: it is done again.
     */
    private Result stopped(StepCode code, RunningStep step, Throwable thrown) {
        return thrown instanceof StoreUnavailableException
                        || step.stopReason()
                                .filter(RunningSteps.SHUT_DOWN::equals)
                                .isPresent()
                ? new Result.HandedBack()
                : code.failed(step, running.causeOf(step, thrown));
    }

    private ReportStep report(RunningStep step, Result result, boolean trustRun) {
        StepFigures figures = step.figures();
        return new ReportStep(
                step.assignment(), result, figures, step.takeLines(), open, settings.leaseFor(), trustRun);
    }

    private Supplier<Map<String, Payload>> outputsOf(boolean inTransaction, RunId run) {
        Supplier<Map<String, Payload>> outputs = () -> commands.execute(Envelope.internal(new ReadOutputs(run)))
                .orThrow()
                .byStep();
        return inTransaction ? outputs : () -> untilBack.call(outputs);
    }

    /** Durable code reports like any other step. */
    private final class ReportsOfCode implements CodeReports {
        @Override
        public ReportCode.Receipt report(ReportCode report) {
            return reported(report);
        }

        @Override
        public <T> ReportCode.Receipt reportWith(Supplier<T> work, Function<T, ReportCode> report) {
            return commands.executeWith(
                            work,
                            result -> Envelope.internal(report.apply(result)),
                            ReportCode.Receipt.Recorded.class::isInstance)
                    .orThrow();
        }

        @Override
        public List<Checkpoint> journal(RunId run) {
            return untilBack
                    .call(() -> commands.execute(Envelope.internal(new ReadJournal(run))))
                    .orThrow()
                    .checkpoints();
        }
    }

    /** Carries what user code threw out of the transaction it rolls back. */
    private static final class UserCodeFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UserCodeFailed(Throwable cause) {
            super(null, cause, false, false);
        }

        @Override
        public synchronized Throwable getCause() {
            return Objects.requireNonNull(super.getCause());
        }
    }

    /** Steps running here, oldest first. */
    List<RunningStep> steps() {
        return running.all();
    }
}
