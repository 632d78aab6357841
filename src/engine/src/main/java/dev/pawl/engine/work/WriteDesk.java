package dev.pawl.engine.work;

import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.Outcome;
import dev.pawl.engine.command.TakeCreated;
import dev.pawl.engine.port.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what arrives at the same time, runs to start, events and reports of steps, in one transaction. Where the worker has free
 * places, the runs are claimed and their first steps leased in it.
 */
final class WriteDesk {

    private static final Logger LOG = LoggerFactory.getLogger(WriteDesk.class);

    private final CommandBus commands;
    private final StepWorker worker;
    private final SharedDesk<Item> desk;

    /** @param executor writes for those who came while others were written */
    WriteDesk(CommandBus commands, StepWorker worker, Executor executor, WorkerSettings settings) {
        this.commands = commands;
        this.worker = worker;
        this.desk = new SharedDesk<>(executor, settings.writesTogether(), settings.writers(), this::write);
    }

    /** One who waits for what is written. */
    interface Item {

        Envelope<?> envelope();

        /** Whether it starts a run. */
        boolean isStart();

        /** Tells what came of it; that is committed. */
        void answer(Outcome<?> outcome);

        /** Nothing was written, as far as anybody knows. */
        void fail(RuntimeException why);

        /** The transaction it was in failed, perhaps through the fault of another. */
        void again(RuntimeException why, boolean wasAlone);
    }

    /** Returns what the item was answered; what it failed with is thrown as it was. */
    <R> R write(Item item, CompletableFuture<R> answer) {
        desk.add(item);
        return desk.await(answer);
    }

    private void write(List<Item> batch) {
        try {
            writeTogether(batch);
        } catch (StoreUnavailableException e) {
            // the commit may have arrived: what to do about that is known to who waits
            batch.forEach(one -> one.fail(e));
        } catch (RuntimeException e) {
            LOG.debug("{} items could not be written together and are written one by one", batch.size(), e);
            batch.forEach(one -> one.again(e, batch.size() == 1));
        } catch (Error e) {
            RuntimeException broken = new IllegalStateException("What was written together broke off", e);
            batch.forEach(one -> one.fail(broken));
            throw e;
        }
    }

    /** In a transaction that is its own. */
    void writeAlone(Item item) {
        write(List.of(item));
    }

    private void writeTogether(List<Item> batch) {
        List<Envelope<?>> envelopes = new ArrayList<>(batch.size() + 1);
        batch.forEach(one -> envelopes.add(one.envelope()));
        int places = worker.reserve((int) batch.stream().filter(Item::isStart).count());
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
}
