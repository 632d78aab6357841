package dev.pawl.jms.command;

import dev.pawl.engine.command.Caller;
import dev.pawl.engine.command.Command;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.ExecuteJob;
import dev.pawl.engine.command.Outcome;
import dev.pawl.engine.command.Refusal;
import dev.pawl.engine.command.RefusalCode;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.model.StepKey;
import dev.pawl.engine.model.StepStatus;
import dev.pawl.engine.query.RunQueries;
import dev.pawl.engine.work.JobOutcome;
import dev.pawl.engine.work.JobOutcome.Answer;
import dev.pawl.jms.contract.KernelMessage;
import dev.pawl.jms.contract.Reply;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Carries out the command in a message and decides what becomes of the message. A refusal is told to whoever waits for the
 * answer; nobody waiting, it is kept as a dead letter. What no sender could have known, because another transaction was
 * at it, is thrown, so that the broker delivers the message again.
 */
@Dependent
public class DecideCommand {

    /** Every try of the message failed, for a reason that was nobody's refusal. */
    static final String DELIVERY_FAILED = "DELIVERY_FAILED";

    /** Refusals that another delivery may not meet. */
    static final Set<RefusalCode> PASSING =
            EnumSet.of(RefusalCode.IDEMPOTENCY_IN_PROGRESS, RefusalCode.CONCURRENT_UPDATE);

    private final CommandBus bus;
    private final RunQueries queries;
    private final DecideEntityCommand entityCommands;

    @Inject
    public DecideCommand(CommandBus bus, RunQueries queries, DecideEntityCommand entityCommands) {
        this.bus = bus;
        this.queries = queries;
        this.entityCommands = entityCommands;
    }

    Decision decide(Incoming message) {
        KernelMessage command;
        try {
            command = ReadCommand.read(message.text());
        } catch (RefusedException e) {
            return bury(e.refusal());
        }
        if (command instanceof KernelMessage.OfEntity ofEntity) {
            return entityCommands.decide(ofEntity, message);
        }
        try {
            return command instanceof KernelMessage.Execute execute
                    ? execute(execute.step(), message)
                    : carryOut(((KernelMessage.Immediate) command).command(), message);
        } catch (RefusedException e) {
            return refused(e.refusal(), message);
        }
    }

    private <R> Decision carryOut(Command<R> command, Incoming message) {
        Outcome<R> outcome = bus.execute(envelope(command, message));
        return outcome instanceof Outcome.Refused<R> refused
                ? refused(refused.refusal(), message)
                : new Decision.Answer(Reply.done(((Outcome.Done<R>) outcome).value()));
    }

    private static <R> Envelope<R> envelope(Command<R> command, Incoming message) {
        return new Envelope<>(
                command,
                Caller.ANONYMOUS,
                Optional.of(message.idempotencyKey().orElse(message.messageId())),
                Optional.of(message.messageId()));
    }

    /** A completed step never runs again: its stored output is the answer. Anything else a worker decides. */
    private Decision execute(StepKey step, Incoming message) {
        bus.execute(envelope(new ExecuteJob(step.run(), step.stepId()), message))
                .orThrow();
        return queries.find(Caller.DEFAULT_TENANT, step.run()).stream()
                .flatMap(run -> run.stages().stream())
                .filter(stage -> stage.id().equals(step.stepId()) && stage.status() == StepStatus.COMPLETED)
                .findFirst()
                .<Decision>map(stage -> new Decision.Answer(
                        Reply.done(new JobOutcome(step.run(), step.stepId(), Answer.COMPLETED, stage.output(), null))))
                .orElseGet(
                        () -> new Decision.HandOn(step, message.idempotencyKey().isPresent()));
    }

    private static Decision refused(Refusal refusal, Incoming message) {
        if (PASSING.contains(refusal.code())) {
            throw new RefusedException(refusal);
        }
        return message.replyWanted() ? new Decision.Answer(Reply.refused(refusal)) : bury(refusal);
    }

    static Decision bury(String code, String message) {
        return new Decision.Bury(
                new Reply(false, null, new Reply.Fault(code, message, List.of())), code + ": " + message);
    }

    static Decision bury(Refusal refusal) {
        return new Decision.Bury(Reply.refused(refusal), refusal.code() + ": " + refusal.message());
    }
}
