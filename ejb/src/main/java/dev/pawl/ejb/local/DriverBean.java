package dev.pawl.ejb.local;

import dev.pawl.engine.command.Caller;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.ExecuteJob;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.work.HandleJob;
import dev.pawl.engine.work.JobOutcome;
import dev.pawl.engine.work.Maintenance;
import dev.pawl.engine.work.StepWorker;
import dev.pawl.engine.work.code.CheckReplay;
import dev.pawl.engine.work.code.ReplayReport;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Puts the caller's transaction aside while steps are taken: what is taken must be committed before it is executed. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DriverBean {

    @Inject
    private HandleJob jobs;

    @Inject
    private StepWorker worker;

    @Inject
    private CheckReplay replays;

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

    /** All parts of the report in one; a refusal is in the answer, as above. */
    public CompletableFuture<List<ReplayReport>> checkReplay(
            Caller caller, String workflowId, @Nullable Integer against) {
        try {
            List<ReplayReport> parts = new ArrayList<>();
            Optional<String> next = Optional.empty();
            do {
                ReplayReport part = replays.check(caller, workflowId, against, next, CheckReplay.MOST);
                parts.add(part);
                next = Optional.ofNullable(part.next());
            } while (next.isPresent());
            return CompletableFuture.completedFuture(parts);
        } catch (RefusedException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    public Maintenance.TickCounts tick() {
        return maintenance.tick();
    }
}
