package dev.pawl.testkit.kernel;

import dev.pawl.api.Pipeline;
import dev.pawl.api.machine.StateMachine;
import dev.pawl.engine.command.Caller;
import dev.pawl.engine.command.Command;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.interpret.Listeners;
import dev.pawl.engine.interpret.MachineDefinition;
import dev.pawl.engine.interpret.PipelineDefinition;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.WorkerId;
import dev.pawl.engine.query.EventView;
import dev.pawl.engine.query.LogView;
import dev.pawl.engine.query.RunView;
import dev.pawl.engine.work.WorkerSettings;
import dev.pawl.testkit.InMemoryEventSink;
import dev.pawl.testkit.InMemoryNode;
import dev.pawl.testkit.ManualClock;
import dev.pawl.testkit.SequentialIds;
import dev.pawl.testkit.memory.InMemoryDatabase;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Servers that share one store and work on real threads, under a clock the test moves. */
final class Cluster implements AutoCloseable {

    static final Duration LONGEST = Duration.ofSeconds(30);

    final ManualClock clock = new ManualClock();
    final InMemoryDatabase database;
    final InMemoryEventSink sink;
    final Definitions definitions;
    private final InMemoryNode.World world;
    private final IdleAwareExecutor executor = new IdleAwareExecutor();

    Cluster(Pipeline<?, ?>... pipelines) {
        this(Duration.ofSeconds(10), pipelines);
    }

    Cluster(StateMachine<?>... machines) {
        this(
                Duration.ofSeconds(10),
                Listeners.NONE,
                new Definitions(
                        Arrays.stream(machines).map(MachineDefinition::new).toList()));
    }

    Cluster(Duration keyPatience, Pipeline<?, ?>... pipelines) {
        this(keyPatience, Listeners.NONE, pipelines(pipelines));
    }

    /** On all servers of which these listen. */
    Cluster(Listeners listeners, Pipeline<?, ?>... pipelines) {
        this(Duration.ofSeconds(10), listeners, pipelines(pipelines));
    }

    private static Definitions pipelines(Pipeline<?, ?>... pipelines) {
        return new Definitions(
                Arrays.stream(pipelines).map(PipelineDefinition::new).toList());
    }

    private Cluster(Duration keyPatience, Listeners listeners, Definitions deployed) {
        database = new InMemoryDatabase(clock, keyPatience);
        sink = new InMemoryEventSink(database.atCommit());
        definitions = deployed;
        world = new InMemoryNode.World(
                        database,
                        clock,
                        new SequentialIds(),
                        () -> ThreadLocalRandom.current().nextDouble(),
                        sink)
                .withListeners(listeners);
    }

    InMemoryNode node(String name) {
        return node(name, WorkerSettings.DEFAULT);
    }

    InMemoryNode node(String name, WorkerSettings settings) {
        return node(name, settings, bus -> bus);
    }

    InMemoryNode node(String name, WorkerSettings settings, UnaryOperator<CommandBus> wrapping) {
        return new InMemoryNode(world, definitions, new WorkerId(name, "1"), executor, settings, wrapping);
    }

    /** A server with threads of another kind. */
    InMemoryNode node(
            String name, WorkerSettings settings, UnaryOperator<CommandBus> wrapping, UnaryOperator<Executor> threads) {
        return new InMemoryNode(
                world, definitions, new WorkerId(name, "1"), threads.apply(executor), settings, wrapping);
    }

    /** A server that knows other workflows than the rest. */
    InMemoryNode node(String name, Definitions deployed) {
        return new InMemoryNode(world, deployed, new WorkerId(name, "1"), executor, WorkerSettings.DEFAULT);
    }

    static <R> R execute(InMemoryNode node, Command<R> command) {
        return node.commands().execute(Envelope.of(command, Caller.ANONYMOUS)).orThrow();
    }

    RunView view(RunId run) {
        return database.queries().find(Caller.DEFAULT_TENANT, run).orElseThrow();
    }

    List<EventView> events(RunId run) {
        return database.queries().events(run, 0, 1_000_000).items();
    }

    List<LogView> logs(RunId run) {
        return database.queries().logs(run, Optional.empty(), 1_000_000).items();
    }

    <T> Future<T> elsewhere(Callable<T> work) {
        return executor.submit(work);
    }

    <T> T transaction(Callable<T> work) {
        try {
            return database.inTransaction(work);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns when nothing runs and nothing is queued on any server. */
    void awaitIdle() {
        executor.awaitIdle(LONGEST);
    }

    static void await(CountDownLatch latch) {
        try {
            if (!latch.await(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("What the test waits for did not happen within " + LONGEST);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        executor.close();
    }
}
