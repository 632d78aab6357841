package dev.pawl.ejb.local;

import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.ExecuteJob;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.work.HandleJob;
import dev.pawl.engine.work.JobOutcome;
import dev.pawl.engine.work.Maintenance;
import dev.pawl.engine.work.StepWorker;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Puts the caller's transaction aside while steps are taken: what is taken must be committed before it is executed. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DriverBean {

    @Inject
    private HandleJob jobs;

    @Inject
    private StepWorker worker;

    @Inject
    private Maintenance maintenance;

    /** A refusal is in the answer, so that the container does not take it for a failure of this bean. */
    public CompletableFuture<JobOutcome> handleJob(Envelope<ExecuteJob.Accepted> envelope) {
        try {
            return jobs.handle(envelope);
        } catch (RefusedException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    public CompletableFuture<List<JobOutcome>> executeDue(int max) {
        return worker.executeDue(max);
    }

    public Maintenance.TickCounts tick() {
        return maintenance.tick();
    }
}
