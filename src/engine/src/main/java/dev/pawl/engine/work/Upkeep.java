package dev.pawl.engine.work;

import dev.pawl.engine.command.ClaimPending;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.PollSuspended;
import dev.pawl.engine.command.ReapStale;
import dev.pawl.engine.command.ReclaimNode;
import dev.pawl.engine.command.RepairRuns;
import dev.pawl.engine.command.SweepBlobs;
import dev.pawl.engine.command.Unpark;
import dev.pawl.engine.work.limit.LimitDesk;

/** The rounds that timers make, each in batches until there is nothing left to do. */
public final class Upkeep implements Maintenance {

    private static final int MOST_BATCHES = 20;

    private final CommandBus commands;
    private final StepWorker worker;
    private final Relay relay;
    private final ListenerDesks listeners;
    private final LimitDesk limits;
    private final Iterable<TickPart> parts;
    private final int claimBatch;
    private final int reapBatch;

    /** @param parts what a tick does besides, asked for when it does */
    public Upkeep(
            CommandBus commands,
            StepWorker worker,
            Relay relay,
            ListenerDesks listeners,
            LimitDesk limits,
            Iterable<TickPart> parts,
            int claimBatch,
            int reapBatch) {
        this.commands = commands;
        this.worker = worker;
        this.relay = relay;
        this.listeners = listeners;
        this.limits = limits;
        this.parts = parts;
        this.claimBatch = claimBatch;
        this.reapBatch = reapBatch;
    }

    @Override
    public TickCounts tick() {
        TickCounts besides = TickCounts.NONE;
        for (TickPart part : parts) {
            besides = besides.plus(part.once());
        }
        int reaped = reap();
        limits.look();
        int claimed = commands.execute(Envelope.internal(new ClaimPending(claimBatch)))
                .orThrow()
                .started()
                .size();
        int due = commands.execute(Envelope.internal(new PollSuspended(claimBatch, null)))
                .orThrow()
                .due();
        listeners.look();
        return besides.plus(new TickCounts(claimed, due, reaped, relay.relay(), 0, 0));
    }

    /** Takes back steps whose leases ran out. */
    public int reap() {
        int all = 0;
        for (int i = 0; i < MOST_BATCHES; i++) {
            ReapStale.Reaped reaped = commands.execute(Envelope.internal(new ReapStale(reapBatch)))
                    .orThrow();
            int count = reaped.requeued() + reaped.failed();
            all += count;
            if (count == 0) {
                break;
            }
        }
        return all;
    }

    /** Moves stuck runs on. */
    public int repair() {
        int all = 0;
        int count;
        do {
            count = commands.execute(Envelope.internal(new RepairRuns(reapBatch)))
                    .orThrow()
                    .runs()
                    .size();
            all += count;
        } while (count == reapBatch);
        return all;
    }

    /** Deletes blobs that reruns have left without a reference. */
    public int sweep() {
        int all = 0;
        int count;
        do {
            count = commands.execute(Envelope.internal(new SweepBlobs(reapBatch)))
                    .orThrow()
                    .blobs();
            all += count;
        } while (count == reapBatch);
        return all;
    }

    /** At start: tries what could not go on with the code that was deployed before. */
    public int unpark() {
        int all = 0;
        int count;
        do {
            count = commands.execute(Envelope.internal(new Unpark(reapBatch)))
                    .orThrow()
                    .runs();
            all += count;
        } while (count > 0);
        return all;
    }

    /** At start: takes back what this node held before it went down. */
    public int reclaim() {
        int all = 0;
        int count;
        do {
            ReapStale.Reaped reclaimed = commands.execute(Envelope.internal(new ReclaimNode(worker.id(), reapBatch)))
                    .orThrow();
            count = reclaimed.requeued() + reclaimed.failed();
            all += count;
        } while (count > 0);
        return all;
    }
}
