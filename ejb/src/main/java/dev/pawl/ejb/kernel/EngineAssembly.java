package dev.pawl.ejb.kernel;

import dev.pawl.ejb.config.EngineSettings;
import dev.pawl.ejb.store.StoreAssembly;
import dev.pawl.engine.ai.AiCalls;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.handler.Kernel;
import dev.pawl.engine.handler.KernelPorts;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.interpret.Listeners;
import dev.pawl.engine.live.LiveEvents;
import dev.pawl.engine.live.LiveSettings;
import dev.pawl.engine.live.OpenStreams;
import dev.pawl.engine.port.AfterCommit;
import dev.pawl.engine.port.AnnotationStore;
import dev.pawl.engine.port.ArtifactIndex;
import dev.pawl.engine.port.BlobStore;
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
import dev.pawl.engine.port.Later;
import dev.pawl.engine.port.LimitStore;
import dev.pawl.engine.port.ListenerDeliveries;
import dev.pawl.engine.port.NewTransaction;
import dev.pawl.engine.port.RunLog;
import dev.pawl.engine.port.RunStore;
import dev.pawl.engine.port.Tracing;
import dev.pawl.engine.port.WaitStore;
import dev.pawl.engine.query.MachineQueries;
import dev.pawl.engine.query.RunQueries;
import dev.pawl.engine.query.TypeSchemas;
import dev.pawl.engine.work.ArtifactStore;
import dev.pawl.engine.work.CallerDesk;
import dev.pawl.engine.work.FinishedRuns;
import dev.pawl.engine.work.GracefulStop;
import dev.pawl.engine.work.HandleJob;
import dev.pawl.engine.work.Heartbeat;
import dev.pawl.engine.work.ListenerDesks;
import dev.pawl.engine.work.Payloads;
import dev.pawl.engine.work.Relay;
import dev.pawl.engine.work.StageServices;
import dev.pawl.engine.work.StepWorker;
import dev.pawl.engine.work.TickPart;
import dev.pawl.engine.work.Upkeep;
import dev.pawl.engine.work.code.CheckReplay;
import dev.pawl.engine.work.code.TracedStepCalls;
import dev.pawl.engine.work.limit.LimitDesk;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the engine together from its ports, which the stores, the JMS module and the container provide. */
@ApplicationScoped
public class EngineAssembly {

    @Resource(lookup = "concurrent/pawl-workers")
    private ManagedExecutorService executor;

    /** Answers callers who waited. */
    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private ManagedExecutorService answers;

    @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
    private ManagedScheduledExecutorService scheduler;

    /** Listeners are called on threads of their own, so that none keeps a step waiting. */
    @Resource(lookup = "java:comp/DefaultManagedExecutorService")
    private ManagedExecutorService callers;

    @Produces
    @Singleton
    Payloads payloads(
            BlobStore blobs,
            EngineSettings settings,
            @ConfigProperty(name = "pawl.payload.remembered-chars", defaultValue = "33554432") long remembered) {
        return new Payloads(blobs, settings.payloadInlineChars(), remembered);
    }

    @Produces
    @Singleton
    ArtifactStore artifacts(
            BlobStore blobs,
            ArtifactIndex index,
            Clock clock,
            Ids ids,
            @ConfigProperty(name = "pawl.artifact.max-bytes", defaultValue = "1073741824") long largest) {
        return new ArtifactStore(blobs, index, clock, ids, largest);
    }

    @Produces
    @Singleton
    TypeSchemas schemas() {
        return new TypeSchemas();
    }

    @Produces
    @Singleton
    MachineQueries machineQueries(RunQueries queries, Definitions definitions) {
        return new MachineQueries(queries, definitions);
    }

    @Produces
    @Singleton
    Chance chance() {
        return () -> ThreadLocalRandom.current().nextDouble();
    }

    @Produces
    @Singleton
    FinishedRuns finishedRuns(RunQueries queries, Later later, Clock clock) {
        return new FinishedRuns(queries, answers, later, clock);
    }

    @Produces
    @Singleton
    Later later() {
        return (delay, action) -> scheduler.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Produces
    @Singleton
    LiveEvents live(StoreAssembly.Feeds feeds, RunQueries queries, Later later, Clock clock, LiveSettings settings) {
        return new LiveEvents(feeds.all(), queries, later, clock, settings.lookEvery());
    }

    @Produces
    @Singleton
    OpenStreams streams(LiveEvents live, RunQueries queries, LiveSettings settings) {
        return new OpenStreams(live, queries, settings);
    }

    @Produces
    @Singleton
    KernelPorts ports(
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
            Tracing tracing) {
        return new KernelPorts(
                runs,
                keys,
                outbox,
                sink,
                journals,
                artifacts,
                waits,
                deliveries,
                deadLetters,
                annotations,
                limits,
                breakers,
                cached,
                log,
                payloads,
                clock,
                ids,
                chance,
                doorbell,
                afterCommit,
                tracing);
    }

    /** @param worker asked for when a run has finished, which is after everything has been put together */
    @Produces
    @Singleton
    Kernel kernel(
            KernelPorts ports,
            Definitions definitions,
            Listeners listeners,
            FinishedRuns finished,
            Instance<StepWorker> worker) {
        return new Kernel(ports, definitions, listeners, end -> {
            finished.finished(end);
            worker.get().running().stopRun(end.run());
        });
    }

    @Produces
    @Singleton
    StepWorker worker(
            CommandBus commands,
            Definitions definitions,
            Clock clock,
            Chance chance,
            Payloads payloads,
            AiCalls ai,
            ArtifactStore artifacts,
            Tracing tracing,
            EngineSettings settings) {
        StepWorker worker = new StepWorker(
                NodeIdentity.of(settings),
                commands,
                definitions,
                executor,
                clock,
                chance,
                payloads,
                new StageServices(ai, artifacts, tracing),
                settings.worker(),
                new TracedStepCalls(tracing));
        if (!settings.timers()) {
            worker.waitToBeAsked();
        }
        return worker;
    }

    @Produces
    @Singleton
    CallerDesk callers(StepWorker worker, Tracing tracing) {
        return new CallerDesk(worker, tracing);
    }

    @Produces
    @Singleton
    CheckReplay replays(
            CommandBus commands,
            RunQueries queries,
            Definitions definitions,
            Payloads payloads,
            Clock clock,
            AiCalls ai) {
        return new CheckReplay(commands, queries, definitions, payloads, clock, ai);
    }

    @Produces
    @Singleton
    HandleJob jobs(CommandBus commands, StepWorker worker) {
        return new HandleJob(commands, worker);
    }

    @Produces
    @Singleton
    Relay relay(CommandBus commands, EngineSettings settings) {
        return new Relay(commands, settings.relayBatch(), settings.relayAttempts());
    }

    @Produces
    @Singleton
    ListenerDesks listenerDesks(
            Listeners listeners, CommandBus commands, StepWorker worker, Clock clock, EngineSettings settings) {
        return new ListenerDesks(listeners, commands, callers, worker.id(), clock, settings.listeners());
    }

    @Produces
    @Singleton
    LimitDesk limits(CommandBus commands) {
        return new LimitDesk(commands);
    }

    @Produces
    @Singleton
    Upkeep upkeep(
            CommandBus commands,
            StepWorker worker,
            Relay relay,
            ListenerDesks listeners,
            Instance<TickPart> parts,
            LimitDesk limits,
            EngineSettings settings) {
        return new Upkeep(
                commands, worker, relay, listeners, limits, parts, settings.claimBatch(), settings.reapBatch());
    }

    @Produces
    @Singleton
    Heartbeat heartbeat(
            StepWorker worker,
            CommandBus commands,
            Definitions definitions,
            RunQueries queries,
            RunLog log,
            NewTransaction transactions,
            Clock clock) {
        return new Heartbeat(
                worker,
                commands,
                definitions,
                queries,
                lines -> transactions.call(() -> {
                    log.append(lines);
                    return lines;
                }),
                clock);
    }

    @Produces
    @Singleton
    GracefulStop gracefulStop(StepWorker worker, ListenerDesks listeners) {
        return new GracefulStop(worker, listeners);
    }
}
