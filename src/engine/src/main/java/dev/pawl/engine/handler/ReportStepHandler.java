package dev.pawl.engine.handler;

import dev.pawl.engine.command.Assignment;
import dev.pawl.engine.command.ReportStep;
import dev.pawl.engine.command.ReportStep.Receipt;
import dev.pawl.engine.event.EventType;
import dev.pawl.engine.interpret.Definition;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.Run;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.StepState;
import dev.pawl.engine.model.StepStatus;
import dev.pawl.engine.port.RunLog;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
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
        boolean held = run.step(assignment.stepId())
                .map(step -> step.isHeldWith(assignment.lease().token()))
                .orElse(false);
        if (run.status() != RunStatus.RUNNING || !held) {
            return discard(run, assignment, work);
        }
        if (!command.log().isEmpty()) {
            work.ports().log().append(command.log());
        }
        if (command.result() instanceof ReportStep.Result.Success success) {
            return complete(run, command, success.output(), work);
        }
        if (command.result() instanceof ReportStep.Result.Failed failed) {
            failed(run, command, failed, work);
        } else {
            run.requeue(assignment.stepId(), work.now(), assignment.attempt() - 1, null, command.figures());
        }
        return new Receipt.Accepted(Optional.empty());
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
        if (!command.carryOn() || run.status() != RunStatus.RUNNING) {
            return Optional.empty();
        }
        Assignment done = command.assignment();
        run.request().ifPresentOrElse(known -> {}, () -> run.attach(done.request()));
        LeaseStep lease = new LeaseStep(work, done.lease().owner(), command.leaseFor());
        return lease.due(run).map(step -> lease.lease(definition, run, step));
    }

    private void failed(Run run, ReportStep command, ReportStep.Result.Failed failed, UnitOfWork work) {
        String stepId = command.assignment().stepId();
        int attempt = command.assignment().attempt();
        Failure failure = failed.failure().in(stepId);
        if (failed.retryAfter().isPresent()) {
            Instant due = work.now().plus(failed.retryAfter().get());
            run.requeue(stepId, due, attempt, failure, command.figures());
            work.record(run, EventType.STAGE_RETRYING, payload(failure, attempt, due));
            return;
        }
        run.endStep(stepId, StepStatus.FAILED, failure, command.figures(), work.now());
        work.record(run, EventType.STAGE_FAILED, payload(failure, attempt, null));
        advance.fail(run, failure, work);
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

    private static Receipt discard(Run run, Assignment assignment, UnitOfWork work) {
        String reason = run.status() == RunStatus.RUNNING
                ? "the lease of step " + assignment.stepId() + " is no longer held by "
                        + assignment.lease().owner()
                : "run " + run.id() + " is " + run.status();
        work.ports()
                .log()
                .append(List.of(new RunLog.Line(
                        run.id(),
                        work.now(),
                        "WARN",
                        assignment.stepId(),
                        assignment.attempt(),
                        "A late result was discarded: " + reason,
                        "{}")));
        return new Receipt.Discarded(reason);
    }
}
