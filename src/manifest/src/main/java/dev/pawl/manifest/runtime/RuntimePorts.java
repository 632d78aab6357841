package dev.pawl.manifest.runtime;

import dev.pawl.manifest.runtime.memory.InMemoryEntities;
import dev.pawl.manifest.runtime.memory.TimeOrderedIds;
import dev.pawl.manifest.runtime.port.DeferredCommands;
import dev.pawl.manifest.runtime.port.EffectHandler;
import dev.pawl.manifest.runtime.port.EntityTransactions;
import dev.pawl.manifest.runtime.port.FeatureFlags;
import dev.pawl.manifest.runtime.port.IdSource;
import java.time.InstantSource;

/**
 * The host's side of a runtime.
 *
 * @param ids names instances and answers {@code uuid()}
 * @param traceIds names commands and events
 */
public record RuntimePorts(
        EntityTransactions transactions,
        InstantSource clock,
        IdSource ids,
        IdSource traceIds,
        FeatureFlags flags,
        EffectHandler effects,
        DeferredCommands jobs) {

    /** Everything in memory, on this clock. */
    public static RuntimePorts inMemory(InstantSource clock) {
        return on(new InMemoryEntities(), clock);
    }

    /** These transactions with the given clock, ids of the time, no feature on and no effects. */
    public static RuntimePorts on(EntityTransactions transactions, InstantSource clock) {
        IdSource ids = new TimeOrderedIds(clock);
        return new RuntimePorts(
                transactions, clock, ids, ids, FeatureFlags.ALL_OFF, EffectHandler.NONE, DeferredCommands.NONE);
    }

    public RuntimePorts withTransactions(EntityTransactions changed) {
        return new RuntimePorts(changed, clock, ids, traceIds, flags, effects, jobs);
    }

    public RuntimePorts withClock(InstantSource changed) {
        return new RuntimePorts(transactions, changed, ids, traceIds, flags, effects, jobs);
    }

    public RuntimePorts withIds(IdSource changed) {
        return new RuntimePorts(transactions, clock, changed, traceIds, flags, effects, jobs);
    }

    public RuntimePorts withFlags(FeatureFlags changed) {
        return new RuntimePorts(transactions, clock, ids, traceIds, changed, effects, jobs);
    }

    public RuntimePorts withEffects(EffectHandler changed) {
        return new RuntimePorts(transactions, clock, ids, traceIds, flags, changed, jobs);
    }

    public RuntimePorts withJobs(DeferredCommands changed) {
        return new RuntimePorts(transactions, clock, ids, traceIds, flags, effects, changed);
    }

    public RuntimePorts withTraceIds(IdSource changed) {
        return new RuntimePorts(transactions, clock, ids, changed, flags, effects, jobs);
    }
}
