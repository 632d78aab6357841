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
import dev.pawl.engine.interpret.CodeDefinition;
import dev.pawl.engine.interpret.Definition;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.interpret.PipelineDefinition;
import dev.pawl.engine.interpret.StageDefinition;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Note;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.RunHeader;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.StepFigures;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.port.StoreUnavailableException;
import dev.pawl.engine.port.Tracing;
import dev.pawl.engine.work.JobOutcome.Answer;
import dev.pawl.engine.work.code.CodeExecution;
import dev.pawl.engine.work.code.CodeReports;
import dev.pawl.engine.work.code.CodeTools;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes one step that this server holds: calls its user code outside any transaction, or, where it asks for that, inside
 * the one of its report, and reports what came of it.
 */
final class ExecuteStep {

    private static final Logger LOG = LoggerFactory.getLogger(ExecuteStep.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final CommandBus commands;
    private final Definitions definitions;
    private final CodeTools tools;
    private final StageServices services;
    private final Duration leaseFor;
    private final ReportDesk desk;
    private final RunningSteps running;
    private final UntilBack untilBack;
    private final Payloads patientPayloads;

    ExecuteStep(
            CommandBus commands,
            Definitions definitions,
            CodeTools tools,
            StageServices services,
            Duration leaseFor,
            ReportDesk desk,
            RunningSteps running,
            UntilBack untilBack) {
        this.commands = commands;
        this.definitions = definitions;
        this.tools = tools;
        this.services = services;
        this.leaseFor = leaseFor;
        this.desk = desk;
        this.running = running;
        this.untilBack = untilBack;
        this.patientPayloads = tools.payloads().patient(untilBack);
    }

    /**
     * What was reported last.
     *
     * @param answer what became of the step
     * @param next the step to go on with
     */
    record Reported(Answer answer, Optional<Payload> output, Optional<Failure> failure, Optional<Assignment> next) {}

    /** @param carryOn whether this server wants the next step of the run, asked when the step has ended */
    Reported execute(Assignment assignment, BooleanSupplier carryOn) {
        return running.isGoingDown() ? handBack(assignment) : executeHeld(assignment, carryOn);
    }

    /** User code is not begun where that of others has just been interrupted. */
    private Reported handBack(Assignment assignment) {
        return told(new ReportStep(
                assignment, new Result.HandedBack(), StepFigures.NONE, List.of(), false, leaseFor, true));
    }

    private Reported executeHeld(Assignment assignment, BooleanSupplier carryOn) {
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
                tools.clock());
        running.add(step);
        try (Tracing.Span span = spanOf(assignment)) {
            step.isTracedBy(span);
            if (definition instanceof CodeDefinition method) {
                return executeCode(method, step);
            }
            return executeStage((PipelineDefinition) definition, step, carryOn);
        } finally {
            step.end();
            running.remove(step);
        }
    }

    /** Code, and what it calls, belong to the trace of what created the run. */
    private Tracing.Span spanOf(Assignment assignment) {
        RunHeader header = assignment.run().header();
        return services.tracing()
                .begin(
                        header.workflowId() + " " + assignment.stepId(),
                        Tracing.Kind.CONSUMER,
                        header.trace(),
                        () -> Map.of(
                                "pawl.workflow", header.workflowId(),
                                "pawl.run", header.id().value(),
                                "pawl.step", assignment.stepId(),
                                "pawl.attempt", Integer.toString(assignment.attempt())));
    }

    private Reported executeCode(CodeDefinition method, RunningStep step) {
        ReportsOfCode reports = new ReportsOfCode();
        new CodeExecution(reports, tools).execute(method, new HostedCode(step, running));
        return reports.last();
    }

    private Reported executeStage(PipelineDefinition pipeline, RunningStep step, BooleanSupplier carryOn) {
        StageDefinition stage = pipeline.stage(step.assignment().stepId()).orElseThrow();
        Payloads payloads = payloads(stage.stage().options().isTransactional());
        StepCode code = new StageExecution(pipeline, stage, payloads, tools.chance());
        boolean isPolled = step.assignment()
                .run()
                .step(stage.id())
                .map(StepState::isPolled)
                .orElse(false);
        if (isPolled || stage.stage().options().policies().isEmpty()) {
            return executeCode(code, step, carryOn);
        }
        return new GuardedStage(tools.gates(), patientPayloads)
                .execute(
                        pipeline,
                        stage,
                        code,
                        step,
                        guarded -> executeCode(guarded, step, carryOn),
                        result -> told(report(step, result, carryOn, true)));
    }

    private Reported executeCode(StepCode code, RunningStep step, BooleanSupplier carryOn) {
        return code.isTransactional() ? executeInTransaction(code, step, carryOn) : execute(code, step, carryOn);
    }

    /** A transaction that has lost its database can only be begun again. */
    private Payloads payloads(boolean inTransaction) {
        return inTransaction ? tools.payloads() : patientPayloads;
    }

    private static boolean isTransactional(Definition definition, String stepId) {
        return definition.options(stepId).map(StageOptions::isTransactional).orElse(false);
    }

    private Reported execute(StepCode code, RunningStep step, BooleanSupplier carryOn) {
        Result result;
        try {
            result = code.execute(step);
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            result = stopped(code, step, e);
        } finally {
            step.end();
        }
        return told(report(step, result, carryOn, true));
    }

    private Reported told(ReportStep report) {
        return LastReport.of(report.assignment(), report.result(), reported(report));
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
                if (paused.compareTo(leaseFor) >= 0 || Thread.currentThread().isInterrupted()) {
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

    private Reported executeInTransaction(StepCode code, RunningStep step, BooleanSupplier carryOn) {
        AtomicReference<Result> last = new AtomicReference<>();
        try {
            Receipt receipt = commands.executeWith(
                            () -> callInTransaction(code, step),
                            result -> {
                                last.set(result);
                                return Envelope.internal(report(step, result, carryOn, false));
                            },
                            Receipt.Accepted.class::isInstance)
                    .orThrow();
            return LastReport.of(step.assignment(), last.get(), receipt);
        } catch (UserCodeFailed e) {
            step.end();
            return told(report(step, stopped(code, step, e.getCause()), carryOn, false));
        } catch (StoreUnavailableException e) {
            LOG.debug(
                    "The transaction of step {} is begun again",
                    step.assignment().key(),
                    e);
            step.end();
            return told(report(step, new Result.HandedBack(), carryOn, false));
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
        step.span().failed(thrown);
        return thrown instanceof StoreUnavailableException
                        || step.stopReason()
                                .filter(RunningSteps.SHUT_DOWN::equals)
                                .isPresent()
                ? new Result.HandedBack()
                : code.failed(step, running.causeOf(step, thrown));
    }

    private ReportStep report(RunningStep step, Result result, BooleanSupplier carryOn, boolean trustRun) {
        StepFigures figures = step.figures();
        List<Note> notes = step.notes();
        // the run is locked first, so that nobody else notes the same meanwhile
        boolean trust = trustRun && notes.isEmpty();
        return new ReportStep(
                step.assignment(), result, figures, step.takeLines(), notes, carryOn.getAsBoolean(), leaseFor, trust);
    }

    private Supplier<Map<String, Payload>> outputsOf(boolean inTransaction, RunId run) {
        Supplier<Map<String, Payload>> outputs = () -> commands.execute(Envelope.internal(new ReadOutputs(run)))
                .orThrow()
                .byStep();
        return inTransaction ? outputs : () -> untilBack.call(outputs);
    }

    /** Durable code reports like any other step, many times; the last of its reports says how it ended. */
    private final class ReportsOfCode implements CodeReports {
        private volatile Reported last = LastReport.NONE;

        Reported last() {
            return last;
        }

        @Override
        public ReportCode.Receipt report(ReportCode report) {
            ReportCode.Receipt receipt = reported(report);
            last = LastReport.of(report, receipt);
            return receipt;
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
}
