package dev.pawl.engine.handler;

import dev.pawl.api.Poll;
import dev.pawl.engine.command.Assignment;
import dev.pawl.engine.command.ReportStep;
import dev.pawl.engine.command.ReportStep.Receipt;
import dev.pawl.engine.command.ReportStep.Result;
import dev.pawl.engine.event.EventType;
import dev.pawl.engine.interpret.Definition;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.model.StepStatus;
import dev.pawl.engine.model.Suspension;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Closes a step under the lease it was executed with and moves the run on in the same transaction. A report without the
 * current lease changes nothing and is noted in the run's log.
 */
final class ReportStepHandler implements Handler<ReportStep, Receipt> {

    private final DefinitionOfRun definitionOf;
    private final AdvanceRun advance;

    ReportStepHandler(DefinitionOfRun definitionOf, AdvanceRun advance) {
        this.definitionOf = definitionOf;
        this.advance = advance;
    }

    @Override
    public Receipt handle(ReportStep command, UnitOfWork work) {
        Assignment assignment = command.assignment();
        Run run = work.run(assignment.run().id());
        Optional<StepState> held = run.step(assignment.stepId())
                .filter(step -> step.isHeldWith(assignment.lease().token()));
        if (!run.status().isActive() || held.isEmpty()) {
            return new Receipt.Discarded(LateReport.note(run, assignment, work));
        }
        if (!command.log().isEmpty()) {
            work.ports().log().append(command.log());
        }
        if (!(command.result() instanceof Result.HandedBack)) {
            KeepNotes.keep(run, command.notes(), "stage:" + assignment.stepId(), work);
        }
        Receipt receipt = receive(run, held.get(), command, work);
        if (run.settle()) {
            work.record(run, EventType.WORKFLOW_SUSPENDED, Map.of());
        }
        return receipt;
    }

    private Receipt receive(Run run, StepState step, ReportStep command, UnitOfWork work) {
        Result result = command.result();
        if (result instanceof Result.Success success) {
            return complete(run, command, success.output(), work);
        }
        if (result instanceof Result.Suspended suspended) {
            suspend(run, step, suspended, command, work);
        } else if (result instanceof Result.StillWaiting waiting) {
            goOnWaiting(run, step, waiting, command, work);
        } else if (result instanceof Result.Failed failed) {
            failed(run, step, command, failed, work);
        } else if (result instanceof Result.Postponed postponed) {
            Failure why = postponed.why().in(step.id());
            run.requeue(step.id(), postponed.until(), step.attempt() - 1, why, command.figures());
        } else {
            run.handBack(step, work.now(), command.figures());
        }
        return new Receipt.Accepted(Optional.empty());
    }

    private static void suspend(
            Run run, StepState step, Result.Suspended suspended, ReportStep command, UnitOfWork work) {
        Poll poll = suspended.poll();
        Suspension kept =
                new Suspension(suspended.state(), poll.every(), work.now().plus(poll.maxWait()), 0, 0);
        Instant next = kept.next(work.now(), poll.firstCheckIn().orElse(poll.every()));
        run.suspend(step.id(), kept, next, step.attempt(), null, command.figures());
        work.record(
                run,
                EventType.STAGE_SUSPENDED,
                Map.of(
                        "stage", step.id(),
                        "attempt", step.attempt(),
                        "nextPollAt", next,
                        "maxWaitUntil", kept.deadline()));
    }

    private void goOnWaiting(
            Run run, StepState step, Result.StillWaiting waiting, ReportStep command, UnitOfWork work) {
        Suspension before = Objects.requireNonNull(step.suspension());
        if (!work.now().isBefore(before.deadline())) {
            waitedTooLong(run, step, command, "", work);
            return;
        }
        Suspension kept = before.polled(waiting.state().orElse(before.state()));
        Instant next = kept.next(work.now(), waiting.nextCheckIn().orElse(kept.pollEvery()));
        run.suspend(step.id(), kept, next, step.attempt(), null, command.figures());
    }

    private void waitedTooLong(Run run, StepState step, ReportStep command, String lastly, UnitOfWork work) {
        Instant deadline = Objects.requireNonNull(step.suspension()).deadline();
        endFailed(
                run,
                step,
                new Failure(
                        "MAX_WAIT_EXCEEDED",
                        "Stage '" + step.id() + "' of run " + run.id() + " exceeded maxWaitUntil " + deadline
                                + ": the work it waits for had not ended by then" + lastly,
                        step.id()),
                command,
                work);
    }

    private void endFailed(Run run, StepState step, Failure failure, ReportStep command, UnitOfWork work) {
        run.endStep(step.id(), StepStatus.FAILED, failure, command.figures(), work.now());
        work.record(run, EventType.STAGE_FAILED, payload(failure, step.attempt(), null));
        advance.fail(run, failure, work);
    }

    private Receipt complete(Run run, ReportStep command, Payload output, UnitOfWork work) {
        String stepId = command.assignment().stepId();
        run.completeStep(stepId, output, command.figures(), work.now());
        StepState completed = run.step(stepId).orElseThrow();
        Instant started = Objects.requireNonNull(completed.startedAt());
        work.record(
                run,
                EventType.STAGE_COMPLETED,
                Map.of(
                        "stage", stepId,
                        "attempt", completed.attempt(),
                        "durationMs", Duration.between(started, work.now()).toMillis()));
        Optional<Definition> definition = definitionOf.find(run);
        if (definition.isEmpty()) {
            advance.fail(run, definitionOf.whyNone(run), work);
            return new Receipt.Accepted(Optional.empty());
        }
        advance.advance(definition.get(), run, work);
        return new Receipt.Accepted(next(run, command, definition.get(), work));
    }

    private static Optional<Assignment> next(Run run, ReportStep command, Definition definition, UnitOfWork work) {
        if (!command.carryOn() || !run.status().isActive()) {
            return Optional.empty();
        }
        Assignment done = command.assignment();
        run.request().ifPresentOrElse(known -> {}, () -> run.attach(done.request()));
        LeaseStep lease = new LeaseStep(work, done.lease().owner(), command.leaseFor());
        return lease.due(run).map(step -> lease.lease(definition, run, step));
    }

    private void failed(Run run, StepState step, ReportStep command, Result.Failed failed, UnitOfWork work) {
        Failure failure = failed.failure().in(step.id());
        if (failed.retryAfter().isEmpty()) {
            endFailed(run, step, failure, command, work);
            return;
        }
        Suspension suspension = step.suspension();
        if (!step.isPolled() || suspension == null) {
            Instant due = work.now().plus(failed.retryAfter().get());
            run.requeue(step.id(), due, step.attempt(), failure, command.figures());
            work.record(run, EventType.STAGE_RETRYING, payload(failure, step.attempt(), due));
        } else if (work.now().isBefore(suspension.deadline())) {
            Suspension kept = suspension.pollFailed();
            Instant due = kept.next(work.now(), failed.retryAfter().get());
            run.suspend(step.id(), kept, due, step.attempt(), failure, command.figures());
            work.record(run, EventType.STAGE_RETRYING, payload(failure, step.attempt(), due));
        } else {
            waitedTooLong(run, step, command, "; the last poll failed: " + failure.message(), work);
        }
    }

    static Map<String, Object> payload(Failure failure, int attempt, @Nullable Instant nextAttemptAt) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("stage", Objects.requireNonNull(failure.stage()));
        payload.put("attempt", attempt);
        payload.put("code", failure.code());
        payload.put("message", failure.message());
        if (nextAttemptAt != null) {
            payload.put("nextAttemptAt", nextAttemptAt);
        }
        return payload;
    }
}
