package dev.pawl.jms.work;

import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.command.TakeStep;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.json.UnfitJsonException;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.StepKey;
import dev.pawl.jms.contract.JobMessage;
import dev.pawl.jms.contract.JobResult;
import dev.pawl.jms.contract.Reply;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what a message says to the worker. What cannot be understood still tells that somebody wants work done. */
final class DeliverJob {

    private static final Logger LOG = LoggerFactory.getLogger(DeliverJob.class);

    private final Runnable wake;
    private final Function<StepKey, TakeStep.Result> execute;

    DeliverJob(Runnable wake, Function<StepKey, TakeStep.Result> execute) {
        this.wake = wake;
        this.execute = execute;
    }

    /** Answers what became of a step delivered by name; nothing for a wake-up. */
    Optional<Reply> deliver(String text) {
        Optional<StepKey> step = step(text);
        if (step.isEmpty()) {
            wake.run();
            return Optional.empty();
        }
        try {
            TakeStep.Result result = execute.apply(step.get());
            LOG.debug("Step {} delivered by name: {}", step.get(), result.answer());
            return Optional.of(Reply.done(new JobResult(
                    result.answer(),
                    result.output()
                            .filter(Payload.Inline.class::isInstance)
                            .map(output -> JsonCodec.parse(((Payload.Inline) output).json()))
                            .orElse(null))));
        } catch (RefusedException e) {
            LOG.warn("Step {} delivered by name was refused: {}", step.get(), e.getMessage());
            return Optional.of(Reply.refused(e.refusal()));
        }
    }

    private static Optional<StepKey> step(String text) {
        try {
            return JobMessage.parse(text).step();
        } catch (UnfitJsonException e) {
            LOG.warn("A message for workers is not understood and taken for a wake-up: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
