package dev.pawl.manifest.runtime;

import dev.pawl.manifest.runtime.memory.InMemoryEntities;
import dev.pawl.manifest.runtime.memory.TimeOrderedIds;
import dev.pawl.manifest.runtime.port.DeferredCommands;
import dev.pawl.manifest.runtime.port.EffectHandler;
import dev.pawl.manifest.runtime.port.EntityTransactions;
import dev.pawl.manifest.runtime.port.FeatureFlags;
import dev.pawl.manifest.runtime.port.IdSource;
import dev.pawl.manifest.runtime.port.RetryPauses;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;

/**
 * The host's side of a runtime.
 *
 * @param ids names instances and answers {@code uuid()}
 * @param traceIds names commands and events
 * @param pauses waits before a command is tried again
 * @param random from 0 to 1, for the jitter of such pauses
 */
public record RuntimePorts(
        EntityTransactions transactions,
        InstantSource clock,
        IdSource ids,
        IdSource traceIds,
        FeatureFlags flags,
        EffectHandler effects,
        DeferredCommands jobs,
        RetryPauses pauses,
        DoubleSupplier random) {

    /** Everything in memory, on this clock. */
    public static RuntimePorts inMemory(InstantSource clock) {
        return on(new InMemoryEntities(), clock);
    }

    /** These transactions with the given clock, ids of the time, no feature on, no effects and no pauses. */
    public static RuntimePorts on(EntityTransactions transactions, InstantSource clock) {
        IdSource ids = new TimeOrderedIds(clock);
        return new RuntimePorts(
                transactions,
                clock,
                ids,
                ids,
                FeatureFlags.ALL_OFF,
                EffectHandler.NONE,
                DeferredCommands.NONE,
                pause -> {},
                () -> 1);
    }

    public RuntimePorts withTransactions(EntityTransactions changed) {
        return new RuntimePorts(changed, clock, ids, traceIds, flags, effects, jobs, pauses, random);
    }

    public RuntimePorts withClock(InstantSource changed) {
        return new RuntimePorts(transactions, changed, ids, traceIds, flags, effects, jobs, pauses, random);
    }

    public RuntimePorts withIds(IdSource changed) {
        return new RuntimePorts(transactions, clock, changed, traceIds, flags, effects, jobs, pauses, random);
    }

    public RuntimePorts withFlags(FeatureFlags changed) {
        return new RuntimePorts(transactions, clock, ids, traceIds, changed, effects, jobs, pauses, random);
    }

    public RuntimePorts withEffects(EffectHandler changed) {
        return new RuntimePorts(transactions, clock, ids, traceIds, flags, changed, jobs, pauses, random);
    }

    public RuntimePorts withJobs(DeferredCommands changed) {
        return new RuntimePorts(transactions, clock, ids, traceIds, flags, effects, changed, pauses, random);
    }

    public RuntimePorts withTraceIds(IdSource changed) {
        return new RuntimePorts(transactions, clock, ids, changed, flags, effects, jobs, pauses, random);
    }

    public RuntimePorts withPauses(RetryPauses changed, DoubleSupplier changedRandom) {
        return new RuntimePorts(transactions, clock, ids, traceIds, flags, effects, jobs, changed, changedRandom);
    }
}
