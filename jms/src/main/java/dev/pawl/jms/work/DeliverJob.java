package dev.pawl.jms.work;

import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.json.UnfitJsonException;
import dev.pawl.engine.model.StepKey;
import dev.pawl.engine.work.JobOutcome;
import dev.pawl.jms.contract.JobMessage;
import dev.pawl.jms.contract.Reply;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what a message says to the worker. What cannot be understood still tells that somebody wants work done. */
final class DeliverJob {

    private static final Logger LOG = LoggerFactory.getLogger(DeliverJob.class);

    private final Runnable wake;
    private final Function<StepKey, CompletableFuture<JobOutcome>> execute;

    DeliverJob(Runnable wake, Function<StepKey, CompletableFuture<JobOutcome>> execute) {
        this.wake = wake;
        this.execute = execute;
    }

    /** Answers what became of a step delivered by name, once it has ended; nothing for a wake-up. */
    Optional<CompletableFuture<Reply>> deliver(String text) {
        Optional<JobMessage> job = read(text);
        Optional<StepKey> step = job.flatMap(JobMessage::step);
        if (step.isEmpty()) {
            wake.run();
            return Optional.empty();
        }
        return Optional.of(execute(step.get(), job.get().hasOwnKey()));
    }

    private CompletableFuture<Reply> execute(StepKey step, boolean keyed) {
        try {
            return execute.apply(step).thenApply(outcome -> reply(outcome, keyed));
        } catch (RefusedException e) {
            return CompletableFuture.completedFuture(refused(e));
        }
    }

    private static Reply reply(JobOutcome outcome, boolean keyed) {
        LOG.debug("Step {} of run {} delivered by name: {}", outcome.stageId(), outcome.runId(), outcome.answer());
        try {
            return Reply.done(keyed ? outcome.requireFree() : outcome);
        } catch (RefusedException e) {
            return refused(e);
        }
    }

    private static Reply refused(RefusedException refused) {
        LOG.warn("A step delivered by name was refused: {}", refused.getMessage());
        return Reply.refused(refused.refusal());
    }

    private static Optional<JobMessage> read(String text) {
        try {
            return Optional.of(JobMessage.parse(text));
        } catch (UnfitJsonException e) {
            LOG.warn("A message for workers is not understood and taken for a wake-up: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
