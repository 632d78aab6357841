package dev.pawl.engine.work;

import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.ExecuteJob;
import dev.pawl.engine.model.StepKey;
import java.util.concurrent.CompletableFuture;

/**
 * Executes one named step for whoever waits for its outcome. Not to be called in a transaction: the step has its own, and
 * would wait for that one.
 */
public final class HandleJob {

    private final CommandBus commands;
    private final StepWorker worker;

    public HandleJob(CommandBus commands, StepWorker worker) {
        this.commands = commands;
        this.worker = worker;
    }

    /**
     * @return completed once the step has been reported
     * @throws dev.pawl.engine.command.RefusedException when the step can never be executed, or, under an idempotency key, is being executed
     */
    public CompletableFuture<JobOutcome> handle(Envelope<ExecuteJob.Accepted> envelope) {
        commands.execute(envelope).orThrow();
        ExecuteJob job = (ExecuteJob) envelope.command();
        CompletableFuture<JobOutcome> outcome = worker.execute(new StepKey(job.runId(), job.stageId()));
        return envelope.idempotencyKey().isPresent() ? outcome.thenApply(JobOutcome::requireFree) : outcome;
    }
}
