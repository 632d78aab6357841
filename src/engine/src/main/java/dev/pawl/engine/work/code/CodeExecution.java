package dev.pawl.engine.work.code;

import dev.pawl.api.BranchFailedException;
import dev.pawl.api.ChildFailedException;
import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.NonRetryableException;
import dev.pawl.api.None;
import dev.pawl.api.RunInfo;
import dev.pawl.api.StepFailedException;
import dev.pawl.api.WaitTimeoutException;
import dev.pawl.engine.command.Assignment;
import dev.pawl.engine.command.ReportCode.Receipt;
import dev.pawl.engine.command.ReportCode.Then;
import dev.pawl.engine.interpret.CodeDefinition;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.json.UnfitJsonException;
import dev.pawl.engine.model.Checkpoint;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.RunRequest;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.model.StepStatus;
import dev.pawl.engine.work.PayloadMissingException;
import dev.pawl.engine.work.RunInfos;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executes durable code that a worker has leased: calls the method with its journal until it returns, fails or waits, and
 * calls it again at once where there is something new for it.
 */
public final class CodeExecution {

    private static final Logger LOG = LoggerFactory.getLogger(CodeExecution.class);
    private static final String MISMATCH = "NONDETERMINISM";
    private static final long VERSION_WHEN_CLAIMED = 2;

    private final CodeReports reports;
    private final CodeTools tools;

    public CodeExecution(CodeReports reports, CodeTools tools) {
        this.reports = reports;
        this.tools = tools;
    }

    /** How a call of the method ended. */
    private sealed interface Ending {
        record Returned(@Nullable Object output) implements Ending {}

        record Threw(Throwable thrown) implements Ending {}

        record Left(Leave why) implements Ending {}
    }

    /** Executes until there is nothing more to do now; everything is reported when it returns. */
    public void execute(CodeDefinition definition, CodeHost host) {
        Assignment assignment = host.assignment();
        StepState main = assignment.run().step(assignment.stepId()).orElseThrow();
        Figures figures = new Figures(host, main.metrics());
        Journal journal = journal(assignment);
        Optional<Assignment> next = Optional.of(assignment);
        while (next.isPresent()) {
            Recorder recorder = new Recorder(reports, host, next.get(), journal, figures);
            CodeRun run = new CodeRun(host, tools, info(next.get()), journal, recorder, figures, false);
            host.runs(run);
            Ending ending = call(definition, run, next.get());
            Optional<Round> round = settle(definition, ending, run, next.get(), host);
            next = round.map(Round::assignment);
            journal = round.map(Round::journal).orElse(journal);
        }
    }

    /**
     * Calls the method up to where nothing more is recorded; answers why the run could not go on from there. Nothing is
     * reported and no step runs.
     */
    Optional<Failure> replay(CodeDefinition definition, CodeHost host, List<Checkpoint> recorded) {
        Journal journal = Journal.of(recorded);
        Figures figures = new Figures(host, null);
        Recorder recorder = new Recorder(reports, host, host.assignment(), journal, figures);
        CodeRun run = new CodeRun(host, tools, info(host.assignment()), journal, recorder, figures, true);
        Ending ending = call(definition, run, host.assignment());
        if (ending instanceof Ending.Left left && left.why() instanceof Leave.Mismatch mismatch) {
            return Optional.of(Failure.of(MISMATCH, String.valueOf(mismatch.getMessage())));
        }
        return ending instanceof Ending.Threw threw && !journal.isCancelRequested()
                ? Optional.of(failure(threw.thrown()))
                : Optional.empty();
    }

    /** What the method is called with once more. */
    private record Round(Assignment assignment, Journal journal) {}

    /** A run that was only created and claimed has recorded nothing. */
    private Journal journal(Assignment assignment) {
        boolean mayHaveSome = assignment.run().state().version() > VERSION_WHEN_CLAIMED;
        return Journal.of(assignment
                .journal()
                .orElseGet(() -> mayHaveSome ? reports.journal(assignment.run().id()) : List.of()));
    }

    private static RunInfo info(Assignment assignment) {
        return RunInfos.of(assignment);
    }

    // one call

    private Ending call(CodeDefinition definition, CodeRun run, Assignment assignment) {
        Instant begun = run.journal().begun().orElseGet(() -> begun(assignment));
        BranchCursor main = BranchCursor.main(run, begun);
        Optional<BranchCursor> before = run.enter(main);
        DurableWorkflow<Object, Object> instance = null;
        try {
            run.throwIfLeft();
            Object input = input(definition, assignment);
            instance = definition.newInstance();
            Object output = instance.run(new BranchContext(main), input);
            return ended(main, new Ending.Returned(output));
        } catch (Leave e) {
            return new Ending.Left(run.end().orElse(e));
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            return ended(main, new Ending.Threw(e));
        } finally {
            run.exit(before);
            if (instance != null) {
                definition.release(instance);
            }
        }
    }

    private static Instant begun(Assignment assignment) {
        Instant started = assignment.run().state().startedAt();
        return started == null ? assignment.run().header().createdAt() : started;
    }

    private Object input(CodeDefinition definition, Assignment assignment) {
        if (definition.inputType().hasRawClass(None.class)) {
            return None.NONE;
        }
        try {
            return JsonCodec.read(tools.payloads().read(assignment.request().input()), definition.inputType());
        } catch (UnfitJsonException | PayloadMissingException e) {
            throw new Leave.Mismatch("The input of run " + assignment.run().id() + " cannot be read as "
                    + definition.inputType().toCanonical() + ": " + e.getMessage() + ". " + Mismatches.REMEDY);
        }
    }

    /** However the method ended: it may have been told to leave, and everything recorded must have been asked for. */
    private static Ending ended(BranchCursor main, Ending ending) {
        CodeRun run = main.codeRun();
        Optional<Leave> left = run.end().or(main::left);
        if (left.isPresent()) {
            return new Ending.Left(left.get());
        }
        try {
            main.finish();
            Optional<Checkpoint> unknown = run.ofUnknownBranch();
            return unknown.isEmpty()
                    ? ending
                    : new Ending.Left(new Leave.Mismatch("Run " + run.id() + " has recorded '"
                            + unknown.get().id() + "', which the code now ends without asking for. "
                            + Mismatches.REMEDY));
        } catch (Leave e) {
            return new Ending.Left(e);
        }
    }

    // what follows

    private Optional<Round> settle(
            CodeDefinition definition, Ending ending, CodeRun run, Assignment assignment, CodeHost host) {
        if (ending instanceof Ending.Left left) {
            return left(definition, left.why(), run, assignment, host);
        }
        if (run.journal().isCancelRequested()) {
            run.recorder().end(new Then.Cancelled());
        } else if (ending instanceof Ending.Threw threw) {
            LOG.debug("Run {} fails", run.id(), threw.thrown());
            run.recorder().end(new Then.Fail(failure(threw.thrown())));
        } else {
            run.recorder().end(complete(definition, ((Ending.Returned) ending).output(), run));
        }
        return Optional.empty();
    }

    private Optional<Round> left(
            CodeDefinition definition, Leave why, CodeRun run, Assignment assignment, CodeHost host) {
        Recorder recorder = run.recorder();
        if (why instanceof Leave.Suspended) {
            return onceMore(recorder.end(new Then.Suspend(run.wakeAt())), run);
        }
        if (why instanceof Leave.Again) {
            return again(run);
        }
        if (why instanceof Leave.Continued continued) {
            return continueAsNew(definition, continued, run, assignment);
        }
        if (why instanceof Leave.Mismatch mismatch) {
            LOG.warn("Run {} is parked: {}", run.id(), mismatch.getMessage());
            recorder.end(new Then.Park(Failure.of(MISMATCH, String.valueOf(mismatch.getMessage()))));
        } else if (why instanceof Leave.Stopped) {
            recorder.end(new Then.Cancelled());
        } else if (host.isGoingDown()) {
            recorder.end(new Then.HandBack());
        } else {
            LOG.info("Run {} is left: {}", run.id(), why.getMessage());
        }
        return Optional.empty();
    }

    /** The run did not become SUSPENDED, because something it waits for is there already. */
    private Optional<Round> onceMore(Receipt receipt, CodeRun run) {
        if (!(receipt instanceof Receipt.Recorded recorded) || isSuspended(recorded)) {
            return Optional.empty();
        }
        return recorded.news()
                ? again(run)
                : Optional.of(new Round(run.recorder().assignment(), run.journal()));
    }

    private static boolean isSuspended(Receipt.Recorded recorded) {
        return recorded.run().steps().stream().noneMatch(step -> step.status() == StepStatus.RUNNING);
    }

    /** The journal was changed by others, or the run is paused. */
    private Optional<Round> again(CodeRun run) {
        Recorder recorder = run.recorder();
        Optional<Receipt> flushed = recorder.flush();
        if (flushed.isPresent() && flushed.get() instanceof Receipt.Discarded) {
            return Optional.empty();
        }
        if (recorder.assignment().run().state().paused()) {
            recorder.end(new Then.HandBack());
            return Optional.empty();
        }
        return Optional.of(new Round(recorder.assignment(), Journal.of(reports.journal(run.id()))));
    }

    private Optional<Round> continueAsNew(
            CodeDefinition definition, Leave.Continued continued, CodeRun run, Assignment assignment) {
        int generation = run.journal().generation() + 1;
        String json = JsonCodec.write(continued.input());
        try {
            definition.checkInput(JsonCodec.parse(json));
        } catch (UnfitJsonException e) {
            run.recorder()
                    .end(new Then.Fail(
                            Failure.of("INVALID_INPUT", "The input to continue with does not fit: " + e.getMessage())));
            return Optional.empty();
        }
        Payload input = tools.payloads().keep("runs/" + run.id() + "/input~" + generation, json);
        Receipt receipt = run.recorder().end(new Then.Continue(input));
        if (!(receipt instanceof Receipt.Recorded recorded)) {
            return Optional.empty();
        }
        RunRequest request = assignment.request().withInput(input);
        Assignment anew = new Assignment(
                recorded.run(),
                assignment.stepId(),
                assignment.attempt(),
                assignment.lease(),
                request,
                assignment.previous());
        if (recorded.stop()) {
            new Recorder(reports, run.host(), anew, Journal.of(recorded.settled()), run.figures())
                    .end(new Then.HandBack());
            return Optional.empty();
        }
        return Optional.of(new Round(anew, Journal.of(recorded.settled())));
    }

    private Then complete(CodeDefinition definition, @Nullable Object output, CodeRun run) {
        Object value = output == null && definition.outputType().hasRawClass(Void.class) ? None.NONE : output;
        try {
            if (value == null) {
                throw new NonRetryableException("INVALID_OUTPUT", "it is null");
            }
            String json = JsonCodec.write(value);
            if (value != None.NONE) {
                JsonCodec.read(json, definition.outputType());
            }
            return new Then.Complete(tools.payloads().keep("runs/" + run.id() + "/output", json));
        } catch (UnfitJsonException | NonRetryableException e) {
            return new Then.Fail(Failure.of(
                    "INVALID_OUTPUT",
                    "The output of run " + run.id() + " is not a valid "
                            + definition.outputType().toCanonical() + ": " + e.getMessage()));
        }
    }

    private static Failure failure(Throwable thrown) {
        String message = thrown.getMessage();
        if (thrown instanceof BranchFailedException branch && branch.getCause() instanceof Exception cause) {
            return failure(cause);
        }
        if (thrown instanceof StepFailedException step) {
            return new Failure(step.code(), String.valueOf(message), step.stepId());
        }
        if (thrown instanceof NonRetryableException known) {
            return Failure.of(known.code(), message == null ? known.code() : message);
        }
        if (thrown instanceof WaitTimeoutException) {
            return Failure.of("WAIT_TIMEOUT", String.valueOf(message));
        }
        if (thrown instanceof ChildFailedException) {
            return Failure.of("CHILD_FAILED", String.valueOf(message));
        }
        return Failure.of("WORKFLOW_FAILED", thrown.getClass().getName() + (message == null ? "" : ": " + message));
    }
}
