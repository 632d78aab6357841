package dev.pawl.testkit.flow;

import dev.pawl.api.Pipeline;
import dev.pawl.engine.command.Caller;
import dev.pawl.engine.command.Command;
import dev.pawl.engine.command.CreateRun;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.interpret.PipelineDefinition;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.WorkerId;
import dev.pawl.engine.query.RunView;
import dev.pawl.engine.work.WorkerSettings;
import dev.pawl.testkit.InMemoryEventSink;
import dev.pawl.testkit.InMemoryNode;
import dev.pawl.testkit.ManualClock;
import dev.pawl.testkit.SequentialIds;
import dev.pawl.testkit.memory.InMemoryDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** Two servers over one store, with threads of their own, under a clock the test moves. */
final class Servers implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    final ManualClock clock = new ManualClock();
    final InMemoryDatabase database = new InMemoryDatabase(clock);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<InMemoryNode> nodes = new ArrayList<>();

    Servers(Pipeline<?, ?>... pipelines) {
        this(WorkerSettings.DEFAULT, pipelines);
    }

    Servers(WorkerSettings settings, Pipeline<?, ?>... pipelines) {
        InMemoryNode.World world = new InMemoryNode.World(
                database, clock, new SequentialIds(), () -> 0.5, new InMemoryEventSink(database.atCommit()));
        Definitions definitions = new Definitions(
                Arrays.stream(pipelines).map(PipelineDefinition::new).toList());
        for (String name : List.of("a", "b")) {
            nodes.add(new InMemoryNode(world, definitions, new WorkerId(name, "1"), threads, settings));
        }
    }

    InMemoryNode node(int number) {
        return nodes.get(number % nodes.size());
    }

    <R> R execute(int node, Command<R> command) {
        return node(node)
                .commands()
                .execute(Envelope.of(command, Caller.ANONYMOUS))
                .orThrow();
    }

    /** Started by this server; whoever looks first executes it. */
    RunId start(int node, String workflow, Object input) {
        return execute(node, CreateRun.of(workflow, JsonCodec.toTree(input))).runId();
    }

    RunView view(RunId run) {
        return database.queries().find(Caller.DEFAULT_TENANT, run).orElseThrow();
    }

    /** As the timers of both would. */
    void look() {
        for (InMemoryNode node : nodes) {
            node.upkeep().reap();
            node.limits().look();
            node.worker().wake();
        }
    }

    /** Lets both look until it is so. */
    void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not within " + LONGEST + ": " + what);
            }
            look();
            Thread.onSpinWait();
        }
    }

    boolean isFinished(List<RunId> runs) {
        return runs.stream().allMatch(run -> view(run).status().isFinished());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
