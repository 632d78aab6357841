package dev.pawl.engine.command;

import dev.pawl.engine.model.WorkerId;

/**
 * Takes back what earlier incarnations of this node had leased. Sent at start, when those processes are known to be gone,
 * so that a restarted server goes on at once and not after the leases have run out.
 */
public record ReclaimNode(WorkerId worker, int max) implements Command<ReapStale.Reaped> {

    @Override
    public String type() {
        return "lease.reclaimNode";
    }

    @Override
    public Class<ReapStale.Reaped> resultType() {
        return ReapStale.Reaped.class;
    }
}
