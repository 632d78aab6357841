package dev.pawl.engine.work;

import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.CreateRun;
import dev.pawl.engine.command.CreateRunTraced;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.Outcome;
import dev.pawl.engine.command.TakeCreated;
import dev.pawl.engine.port.StoreUnavailableException;
import dev.pawl.engine.port.Tracing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts runs for callers without a transaction. Those who come at the same time share one, and where this server has free
 * places the runs are claimed and their first steps leased in it.
 */
public final class StartDesk {

    private static final Logger LOG = LoggerFactory.getLogger(StartDesk.class);

    private final CommandBus commands;
    private final StepWorker worker;
    private final Tracing tracing;
    private final SharedDesk<Starting> desk;

    /** @param executor writes for those who came while others were written */
    public StartDesk(CommandBus commands, StepWorker worker, Executor executor, Tracing tracing) {
        this.commands = commands;
        this.worker = worker;
        this.tracing = tracing;
        WorkerSettings settings = worker.settings();
        this.desk = new SharedDesk<>(executor, settings.reportsTogether(), settings.reporters(), this::write);
    }

    /**
     * Returns once the run is committed.
     *
     * @param envelope without an idempotency key
     */
    public Outcome<CreateRun.Created> start(CreateRun create, Envelope<CreateRun.Created> envelope) {
        CreateRunTraced traced = new CreateRunTraced(create, tracing.current().orElse(null));
        Starting own = new Starting(
                new Envelope<>(traced, envelope.caller(), envelope.idempotencyKey(), envelope.causationId()),
                new CompletableFuture<>());
        desk.add(own);
        return SharedDesk.await(own.result());
    }

    private void write(List<Starting> batch) {
        try {
            writeTogether(batch);
        } catch (StoreUnavailableException e) {
            // the commit may have arrived: started once more, the runs might be there twice
            worker.doubt();
            batch.forEach(one -> one.result().completeExceptionally(e));
        } catch (RuntimeException e) {
            if (batch.size() == 1) {
                batch.get(0).result().completeExceptionally(e);
            } else {
                LOG.debug("{} runs could not be started together and are started one by one", batch.size(), e);
                batch.forEach(one -> write(List.of(one)));
            }
        }
    }

    private void writeTogether(List<Starting> batch) {
        List<Envelope<?>> envelopes = new ArrayList<>(batch.size() + 1);
        batch.forEach(one -> envelopes.add(one.envelope()));
        int places = worker.reserve(batch.size());
        List<Outcome<?>> outcomes;
        TakeCreated.Taken taken = new TakeCreated.Taken(List.of());
        try {
            if (places > 0) {
                envelopes.add(Envelope.internal(
                        new TakeCreated(worker.id(), places, worker.settings().leaseFor())));
            }
            outcomes = commands.executeTogether(envelopes);
            if (places > 0) {
                taken = (TakeCreated.Taken) outcomes.get(batch.size()).orThrow();
            }
        } finally {
            worker.begin(taken.assignments(), places);
        }
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).answer(outcomes.get(i));
        }
    }

    private record Starting(
            Envelope<CreateRun.Created> envelope, CompletableFuture<Outcome<CreateRun.Created>> result) {

        @SuppressWarnings("unchecked")
        void answer(Outcome<?> outcome) {
            result.complete((Outcome<CreateRun.Created>) outcome);
        }
    }
}
