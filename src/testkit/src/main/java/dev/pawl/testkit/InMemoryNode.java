package dev.pawl.testkit;

import dev.pawl.engine.ai.AiCalls;
import dev.pawl.engine.ai.AiModels;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.handler.Kernel;
import dev.pawl.engine.handler.KernelPorts;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.interpret.Listeners;
import dev.pawl.engine.model.WorkerId;
import dev.pawl.engine.port.BlobStore;
import dev.pawl.engine.port.Chance;
import dev.pawl.engine.port.Clock;
import dev.pawl.engine.port.Doorbell;
import dev.pawl.engine.port.EventSink;
import dev.pawl.engine.port.Ids;
import dev.pawl.engine.port.Tracing;
import dev.pawl.engine.work.ArtifactStore;
import dev.pawl.engine.work.Heartbeat;
import dev.pawl.engine.work.ListenerDesks;
import dev.pawl.engine.work.ListenerSettings;
import dev.pawl.engine.work.Payloads;
import dev.pawl.engine.work.Relay;
import dev.pawl.engine.work.StageServices;
import dev.pawl.engine.work.StepWorker;
import dev.pawl.engine.work.Upkeep;
import dev.pawl.engine.work.WorkerSettings;
import dev.pawl.engine.work.code.CheckReplay;
import dev.pawl.engine.work.code.StepCalls;
import dev.pawl.engine.work.limit.LimitDesk;
import dev.pawl.testkit.memory.InMemoryDatabase;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/**
 * One server's share of the engine over an in-memory database: kernel, bus, worker and the rounds its timers would make.
 * Several nodes may share a {@link World}. Nothing here happens by itself except what the executor is given.
 */
public final class InMemoryNode {

    /** Characters of a payload kept in its row; a longer one is a blob. */
    public static final int LARGEST_INLINE = 2_000;

    /** Bytes an artifact may have. */
    public static final long LARGEST_ARTIFACT = 10_000_000;

    private static final int BATCH = 100;
    private static final int RELAY_ATTEMPTS = 5;

    /** What all nodes share. */
    public record World(
            InMemoryDatabase database,
            BlobStore blobs,
            Clock clock,
            Ids ids,
            Chance chance,
            EventSink sink,
            AiModels models,
            Listeners listeners) {

        /** With the database's own blobs, without models, and nobody listens. */
        public World(InMemoryDatabase database, Clock clock, Ids ids, Chance chance, EventSink sink) {
            this(
                    database,
                    database.blobs(),
                    clock,
                    ids,
                    chance,
                    sink,
                    new AiModels(List.of(), List.of()),
                    Listeners.NONE);
        }

        public World withModels(AiModels value) {
            return new World(database, blobs, clock, ids, chance, sink, value, listeners);
        }

        public World withListeners(Listeners value) {
            return new World(database, blobs, clock, ids, chance, sink, models, value);
        }

        public World withBlobs(BlobStore value) {
            return new World(database, value, clock, ids, chance, sink, models, listeners);
        }
    }

    private final Kernel kernel;
    private final CommandBus commands;
    private final StepWorker worker;
    private final Heartbeat heartbeat;
    private final Relay relay;
    private final ListenerDesks listeners;
    private final LimitDesk limits;
    private final Upkeep upkeep;
    private final BlobStore blobs;
    private final Executor executor;
    private final List<Instant> dueLater = new CopyOnWriteArrayList<>();
    private final CheckReplay replays;

    public InMemoryNode(World world, Definitions definitions, WorkerId id, Executor executor, WorkerSettings settings) {
        this(world, definitions, id, executor, settings, StepCalls.DIRECT, bus -> bus);
    }

    /** @param wrapping what stands between the parts of the engine and the bus */
    public InMemoryNode(
            World world,
            Definitions definitions,
            WorkerId id,
            Executor executor,
            WorkerSettings settings,
            UnaryOperator<CommandBus> wrapping) {
        this(world, definitions, id, executor, settings, StepCalls.DIRECT, wrapping);
    }

    /**
     * A node that is disturbed.
     *
     * @param stepCalls what stands between the engine and the steps of durable code
     * @param wrapping what stands between the parts of the engine and the bus
     */
    public InMemoryNode(
            World world,
            Definitions definitions,
            WorkerId id,
            Executor executor,
            WorkerSettings settings,
            StepCalls stepCalls,
            UnaryOperator<CommandBus> wrapping) {
        InMemoryDatabase database = world.database();
        this.executor = executor;
        this.blobs = world.blobs();
        Payloads payloads = new Payloads(blobs, LARGEST_INLINE);
        KernelPorts ports = new KernelPorts(
                database.runs(),
                database.keys(),
                database.outbox(),
                world.sink(),
                database.journals(),
                database.artifacts(),
                database.waits(),
                database.deliveries(),
                database.deadLetters(),
                database.annotations(),
                database.limits(),
                database.breakers(),
                database.cached(),
                database.log(),
                payloads,
                world.clock(),
                world.ids(),
                world.chance(),
                new OwnDoorbell(),
                database.afterCommit(),
                Tracing.NONE);
        this.kernel = new Kernel(ports, definitions, world.listeners(), end -> this.worker()
                .running()
                .stopRun(end.run()));
        this.commands = wrapping.apply(new InMemoryCommandBus(database, kernel));
        AiCalls ai = new AiCalls(
                world.models(), new AutoCommitAiCalls(database), world.clock(), world.ids(), LARGEST_INLINE);
        this.replays = new CheckReplay(commands, database.queries(), definitions, payloads, world.clock(), ai);
        this.worker = new StepWorker(
                id,
                commands,
                definitions,
                executor,
                world.clock(),
                world.chance(),
                payloads,
                new StageServices(
                        ai,
                        new ArtifactStore(blobs, database.artifacts(), world.clock(), world.ids(), LARGEST_ARTIFACT),
                        Tracing.NONE),
                settings,
                stepCalls);
        this.relay = new Relay(commands, BATCH, RELAY_ATTEMPTS);
        this.listeners =
                new ListenerDesks(world.listeners(), commands, executor, id, world.clock(), ListenerSettings.DEFAULT);
        this.limits = new LimitDesk(commands);
        this.upkeep = new Upkeep(commands, worker, relay, listeners, limits, List.of(), BATCH, BATCH);
        this.heartbeat = new Heartbeat(
                worker,
                commands,
                definitions,
                database.queries(),
                lines -> {
                    try {
                        database.inTransaction(() -> {
                            database.log().append(lines);
                            return true;
                        });
                    } catch (RuntimeException e) {
                        throw e;
                    } catch (Exception e) {
                        throw new IllegalStateException("A log throws no checked exceptions", e);
                    }
                },
                world.clock());
    }

    public CommandBus commands() {
        return commands;
    }

    public StepWorker worker() {
        return worker;
    }

    public Heartbeat heartbeat() {
        return heartbeat;
    }

    public Relay relay() {
        return relay;
    }

    public ListenerDesks listeners() {
        return listeners;
    }

    public LimitDesk limits() {
        return limits;
    }

    public Upkeep upkeep() {
        return upkeep;
    }

    public CheckReplay replays() {
        return replays;
    }

    /** When this node was told that there would be work, in the order in which it was told. */
    public List<Instant> dueLater() {
        return List.copyOf(dueLater);
    }

    public BlobStore blobs() {
        return blobs;
    }

    /** Rings reach this node alone; whatever others should notice they find when they look. */
    private final class OwnDoorbell implements Doorbell {
        @Override
        public void work() {
            worker.wake();
        }

        /** Here time passes only when a test says so, which then looks. */
        @Override
        public void workAt(Instant due) {
            dueLater.add(due);
        }

        @Override
        public void events() {
            executor.execute(relay::relay);
        }

        @Override
        public void deliveries() {
            executor.execute(listeners::look);
        }

        @Override
        public void limits() {
            executor.execute(limits::look);
        }
    }
}
