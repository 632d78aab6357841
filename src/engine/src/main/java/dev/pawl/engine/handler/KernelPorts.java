package dev.pawl.engine.handler;

import dev.pawl.engine.port.AfterCommit;
import dev.pawl.engine.port.AnnotationStore;
import dev.pawl.engine.port.ArtifactIndex;
import dev.pawl.engine.port.BreakerStore;
import dev.pawl.engine.port.CacheStore;
import dev.pawl.engine.port.Chance;
import dev.pawl.engine.port.Clock;
import dev.pawl.engine.port.DeadLetters;
import dev.pawl.engine.port.Doorbell;
import dev.pawl.engine.port.EventOutbox;
import dev.pawl.engine.port.EventSink;
import dev.pawl.engine.port.IdempotencyStore;
import dev.pawl.engine.port.Ids;
import dev.pawl.engine.port.JournalStore;
import dev.pawl.engine.port.LimitStore;
import dev.pawl.engine.port.ListenerDeliveries;
import dev.pawl.engine.port.RunLog;
import dev.pawl.engine.port.RunStore;
import dev.pawl.engine.port.Tracing;
import dev.pawl.engine.port.WaitStore;
import dev.pawl.engine.work.Payloads;

/** What the kernel needs of the world. */
public record KernelPorts(
        RunStore runs,
        IdempotencyStore keys,
        EventOutbox outbox,
        EventSink sink,
        JournalStore journals,
        ArtifactIndex artifacts,
        WaitStore waits,
        ListenerDeliveries deliveries,
        DeadLetters deadLetters,
        AnnotationStore annotations,
        LimitStore limits,
        BreakerStore breakers,
        CacheStore cached,
        RunLog log,
        Payloads payloads,
        Clock clock,
        Ids ids,
        Chance chance,
        Doorbell doorbell,
        AfterCommit afterCommit,
        Tracing tracing) {}
