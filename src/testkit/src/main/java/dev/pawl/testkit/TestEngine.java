package dev.pawl.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.api.CodeWorkflow;
import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.EventType;
import dev.pawl.api.None;
import dev.pawl.api.Pipeline;
import dev.pawl.api.RunListener;
import dev.pawl.api.StepContext;
import dev.pawl.api.ai.AiModel;
import dev.pawl.api.machine.StateMachine;
import dev.pawl.engine.ai.AiModels;
import dev.pawl.engine.command.Caller;
import dev.pawl.engine.command.CancelRun;
import dev.pawl.engine.command.Command;
import dev.pawl.engine.command.CommandBus;
import dev.pawl.engine.command.CreateRun;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.command.PauseRun;
import dev.pawl.engine.command.PublishEvents;
import dev.pawl.engine.command.SendEvent;
import dev.pawl.engine.command.StartMachine;
import dev.pawl.engine.interpret.CodeDefinition;
import dev.pawl.engine.interpret.Definition;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.interpret.Listeners;
import dev.pawl.engine.interpret.MachineDefinition;
import dev.pawl.engine.interpret.PipelineDefinition;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.WorkerId;
import dev.pawl.engine.query.AiCallView;
import dev.pawl.engine.query.EventView;
import dev.pawl.engine.query.LogView;
import dev.pawl.engine.query.MachineQueries;
import dev.pawl.engine.query.MachineView;
import dev.pawl.engine.query.RunFilter;
import dev.pawl.engine.query.RunView;
import dev.pawl.engine.query.StepView;
import dev.pawl.engine.work.WorkerSettings;
import dev.pawl.engine.work.code.CheckReplay;
import dev.pawl.engine.work.code.ReplayReport;
import dev.pawl.testkit.InMemoryEventSink.Published;
import dev.pawl.testkit.InMemoryNode.World;
import dev.pawl.testkit.memory.InMemoryDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The engine for unit tests of workflows: the kernel and worker of the server, over stores in memory and under a clock
 * that the test moves. Everything happens on the test's own thread and in the same order every time.
 *
 * <pre>{@code
 * var engine = TestEngine.with(pipeline)
 *     .failStage("charge-payment", 2, new IOException("gateway"))
 *     .crashAfter("reserve-inventory");
 * var run = engine.start("fulfil-order", order);
 * engine.advance(Duration.ofSeconds(6));          // two retries, after 2 and 4 seconds
 * assertThat(run.output(Outcome.class)).isEqualTo(...);
 * assertThat(run.executions("charge-payment")).isEqualTo(3);
 * }</pre>
 *
 * <p>{@link #start} and {@link #advance} return when there is nothing left to do at the present time. Not thread-safe.
 */
public final class TestEngine {

    /** What follows the death of a worker. */
    public enum AfterCrash {
        /** The server starts again at once and takes back what it had. */
        RESTART,
        /** The server stays down; another one goes on when the lease has run out, see {@link #LEASE}. */
        LEASE_RUNS_OUT
    }

    /** How long a dead worker's steps stay with it under {@link AfterCrash#LEASE_RUNS_OUT}. */
    public static final Duration LEASE = WorkerSettings.DEFAULT.leaseFor();

    private static final String POLL = " poll";

    private static final int ALL = Integer.MAX_VALUE - 1;

    private final ManualClock clock = new ManualClock();
    private final InMemoryDatabase database = new InMemoryDatabase(clock);
    private final InMemoryEventSink sink = new InMemoryEventSink(database.atCommit());
    private final QueueingExecutor executor = new QueueingExecutor();
    private final Map<String, StageScript> scripts = new TreeMap<>();
    private final UnfinishedWork unfinished = new UnfinishedWork(database);
    private World world;
    private final MockedModels mocked = new MockedModels();
    private final Map<String, Definition> deployed = new LinkedHashMap<>();

    private UnaryOperator<CommandBus> wrapping = bus -> bus;
    private AfterCrash afterCrash = AfterCrash.RESTART;
    private WorkerSettings settings = WorkerSettings.DEFAULT;
    private int nodes = 1;
    private int incarnations = 1;
    private boolean isDown;
    private KillPoints points = KillPoints.NONE;
    private WatchedSteps watched = new WatchedSteps();
    private InMemoryNode node;
    private @Nullable MortalBus life;

    private TestEngine() {
        SequentialIds asked = new SequentialIds();
        SequentialIds atWork = new SequentialIds();
        this.world = new World(
                database,
                clock,
                () -> points.isAtWork() ? "server-" + atWork.next() : asked.next(),
                new Random(1)::nextDouble,
                sink);
        this.node = newNode();
    }

    /** An engine in which these workflows are deployed. */
    public static TestEngine with(Pipeline<?, ?>... pipelines) {
        return new TestEngine().deploy(pipelines);
    }

    /** An engine in which these workflows are deployed; an instance serves all executions. */
    public static TestEngine with(DurableWorkflow<?, ?>... workflows) {
        return new TestEngine().deploy(workflows);
    }

    /** An engine in which these workflows are deployed. */
    public static TestEngine with(CodeWorkflow<?, ?>... workflows) {
        return new TestEngine().deploy(workflows);
    }

    /** Starts the server again with these workflows beside or in the place of those it had; a version is replaced. */
    public TestEngine deploy(Pipeline<?, ?>... pipelines) {
        return deploy(Arrays.stream(pipelines)
                .map(PipelineDefinition::new)
                .map(this::scripted)
                .toList());
    }

    /** As {@link #deploy(Pipeline...)}. */
    public TestEngine deploy(DurableWorkflow<?, ?>... workflows) {
        return deploy(Arrays.stream(workflows).map(CodeWorkflow::of).toArray(CodeWorkflow<?, ?>[]::new));
    }

    /** As {@link #deploy(Pipeline...)}. */
    public TestEngine deploy(CodeWorkflow<?, ?>... workflows) {
        return deploy(Arrays.stream(workflows).map(CodeDefinition::new).toList());
    }

    private TestEngine deploy(List<? extends Definition> definitions) {
        definitions.forEach(definition -> deployed.put(definition.id() + " " + definition.version(), definition));
        incarnations++;
        node = newNode();
        node.upkeep().reclaim();
        node.upkeep().unpark();
        return this;
    }

    /** As if this version had never been deployed here. */
    public TestEngine undeploy(String workflowId, int version) {
        deployed.remove(workflowId + " " + version);
        return deploy(List.<Definition>of());
    }

    /** An engine in which these state machines are deployed. */
    public static TestEngine with(StateMachine<?>... machines) {
        return new TestEngine()
                .deploy(Arrays.stream(machines).map(MachineDefinition::new).toList());
    }

    // what shall happen

    /** The next {@code times} executions of this stage throw this instead of calling its code. */
    public TestEngine failStage(String stageId, int times, Exception failure) {
        script(stageId).fail(times, failure);
        return this;
    }

    /** From now on this function answers instead of the stage's code; the engine checks its answers all the same. */
    @SuppressWarnings("unchecked") // a function of the wrong type fails the stage with a ClassCastException
    public <I, O> TestEngine mockStage(String stageId, Function<I, O> answer) {
        script(stageId).mock((Function<Object, O>) answer);
        return this;
    }

    /** As {@link #failStage}, of a step of durable code; its name, without branch and occurrence. */
    public TestEngine failStep(String name, int times, Exception failure) {
        ofStep(name).fail(times, failure);
        return this;
    }

    /** From now on this answers instead of the step's code. */
    public TestEngine mockStep(String name, Supplier<?> answer) {
        ofStep(name).mock(ignored -> answer.get());
        return this;
    }

    /** The next time the worker is about to call this stage's or step's code, it dies. */
    public TestEngine crashBefore(String stageId) {
        return crashBefore(stageId, 1);
    }

    /** As {@link #crashBefore(String)}, several times running. */
    public TestEngine crashBefore(String stageId, int times) {
        script(stageId).crashBefore(times);
        return this;
    }

    /** The next time this stage's code has returned, the worker dies before it can report. */
    public TestEngine crashAfter(String stageId) {
        return crashAfter(stageId, 1);
    }

    /** As {@link #crashAfter(String)}, several times running. */
    public TestEngine crashAfter(String stageId, int times) {
        script(stageId).crashAfter(times);
        return this;
    }

    /** The next {@code times} polls of this stage throw this instead of asking. */
    public TestEngine failPoll(String stageId, int times, Exception failure) {
        script(stageId + POLL).fail(times, failure);
        return this;
    }

    /**
     * From now on this function answers polls of the stage: with a {@link dev.pawl.api.Completion}, or with the output.
     */
    @SuppressWarnings("unchecked") // a function of the wrong type fails the poll with a ClassCastException
    public <S> TestEngine mockPoll(String stageId, Function<S, ?> answer) {
        script(stageId + POLL).mock((Function<Object, ?>) answer);
        return this;
    }

    /** The next {@code times} polls of this stage kill the worker after they have been answered. */
    public TestEngine crashAfterPoll(String stageId, int times) {
        script(stageId + POLL).crashAfter(times);
        return this;
    }

    /** By default a crashed server starts again at once. */
    public TestEngine afterCrash(AfterCrash what) {
        afterCrash = what;
        return this;
    }

    /** From now on these hear events too, as beans of the application would. The server starts again. */
    public TestEngine listeners(RunListener... listeners) {
        world = world.withListeners(new Listeners(Arrays.asList(listeners)));
        node = newNode();
        return this;
    }

    /**
     * From now on this function answers when a stage asks the model of this name; it is given the last message of the
     * conversation. Words count as tokens, and cost nothing. Embeddings tell the letters and words of a text, and batches
     * are answered at once. The server starts again.
     */
    public TestEngine mockModel(String name, Function<String, String> answers) {
        return mockModel(AiModel.of(name, MockedModels.NAME, name), answers);
    }

    /** As {@link #mockModel(String, Function)}, with the prices of this model. */
    public TestEngine mockModel(AiModel model, Function<String, String> answers) {
        return models(mocked.with(model, answers));
    }

    /** Lets stages ask these models, over the wire if need be. The server starts again. */
    public TestEngine models(AiModels value) {
        world = world.withModels(value);
        node = newNode();
        return this;
    }

    /** How many steps the worker takes at a time and for how long; it forgets what it was doing. */
    public TestEngine workerSettings(WorkerSettings value) {
        settings = value;
        node = newNode();
        return this;
    }

    /** From now on this stands between the engine and its commands: for tests that disturb it. */
    public TestEngine disturb(UnaryOperator<CommandBus> with) {
        wrapping = with;
        node = newNode();
        return this;
    }

    /** From now on the server dies when it comes to these places, and its steps are watched. The server starts again. */
    TestEngine dyingAt(KillPoints places, WatchedSteps steps) {
        points = places;
        watched = steps;
        node = newNode();
        return this;
    }

    // what happens

    /**
     * Starts a run and does everything that can be done now.
     *
     * @param input anything Jackson writes, or a {@code JsonNode}
     * @throws dev.pawl.engine.command.RefusedException when there is no such workflow or the input does not fit it
     */
    public TestRun start(String workflowId, @Nullable Object input) {
        return start(CreateRun.of(workflowId, JsonCodec.toTree(input)));
    }

    /** As {@link #start(String, Object)}, of the workflow that this class declares. */
    public <I> TestRun start(Class<? extends DurableWorkflow<I, ?>> workflow, I input) {
        return start(CodeWorkflow.declared(workflow).value(), input);
    }

    /** As {@link #start(String, Object)}, with everything a starter may say: config, priority, metadata. */
    public TestRun start(CreateRun create) {
        TestRun run = submit(create);
        runUntilIdle();
        return run;
    }

    /**
     * Sends an event to an instance of a state machine; answers where the instance stands then.
     *
     * @throws dev.pawl.engine.command.RefusedException when the event is refused
     */
    public StartMachine.Instance send(String machine, String instance, String event, @Nullable Object payload) {
        return execute(new SendEvent(machine, instance, event, JsonCodec.toTree(payload)));
    }

    /** The instance as {@code GET /api/machines/{id}/{instance}} shows it. */
    public Optional<MachineView> machine(String machine, String instance) {
        return new MachineQueries(database.queries(), new Definitions(deployed.values()))
                .find(Caller.ANONYMOUS.tenant(), machine, instance);
    }

    /** Publishes an event, and does everything that can be done then. */
    public <T> TestEngine publish(EventType<T> type, String correlation, T data) {
        execute(PublishEvents.one(
                new PublishEvents.Event(null, type.name(), correlation, JsonCodec.toTree(data), null)));
        return runUntilIdle();
    }

    /** Creates a run and does nothing else: it is PENDING until {@link #runUntilIdle()}. */
    public TestRun submit(CreateRun create) {
        return new TestRun(this, execute(create).runId());
    }

    /** Executes a command as an anonymous caller. */
    public <R> R execute(Command<R> command) {
        return node.commands().execute(Envelope.of(command, Caller.ANONYMOUS)).orThrow();
    }

    /** Does everything that can be done without time going by. */
    public TestEngine runUntilIdle() {
        boolean crashed = true;
        while (crashed) {
            crashed = !runUntilIdleOrCrash();
        }
        return this;
    }

    /** Lets time go by; whatever falls due meanwhile happens at its time. */
    public TestEngine advance(Duration by) {
        Instant end = clock.now().plus(by);
        runUntilIdle();
        Optional<Instant> next = unfinished.nextTime(clock.now(), end);
        while (next.isPresent()) {
            clock.set(next.get());
            runUntilIdle();
            next = unfinished.nextTime(clock.now(), end);
        }
        if (clock.now().isBefore(end)) {
            clock.set(end);
        }
        return runUntilIdle();
    }

    /** Replays the open runs of a workflow against what is deployed, and tells which it would not go on with. */
    public ReplayReport checkReplay(String workflowId) {
        return node.replays().check(Caller.ANONYMOUS, workflowId, null, Optional.empty(), CheckReplay.MOST);
    }

    /** As {@link #checkReplay(String)}, against the code of this version, whichever the runs were started in. */
    public ReplayReport checkReplay(String workflowId, int against) {
        return node.replays().check(Caller.ANONYMOUS, workflowId, against, Optional.empty(), CheckReplay.MOST);
    }

    // what has happened

    /** How often this stage was asked whether its work elsewhere has ended, over all runs. */
    public int polls(String stageId) {
        return script(stageId + POLL).executions();
    }

    /** How often the code of this stage, or what stands in for it, was started, over all runs. */
    public int executions(String stageId) {
        return script(stageId).executions();
    }

    /** What subscribers have received, in order. */
    public List<Published> published() {
        return sink.published();
    }

    /** The sink behind {@link #published()}, to make it fail. */
    public InMemoryEventSink sink() {
        return sink;
    }

    public ManualClock clock() {
        return clock;
    }

    /** The stores, to look at or to damage. */
    public InMemoryDatabase database() {
        return database;
    }

    /** The server as it is now; another one after a crash. */
    public InMemoryNode node() {
        return node;
    }

    int executions(String stageId, RunId run) {
        return script(stageId).executions(run.value());
    }

    RunView view(RunId id) {
        return database.queries()
                .find(Caller.ANONYMOUS.tenant(), id)
                .orElseThrow(() -> new AssertionError("Run " + id + " is not in the store"));
    }

    List<EventView> events(RunId id) {
        return database.queries().events(id, 0, ALL).items();
    }

    /** All runs, by their ids. */
    List<RunTrace> allRuns() {
        RunFilter all = new RunFilter(Caller.ANONYMOUS.tenant(), null, Set.of(), null, null, null, null);
        return database.queries().list(all, Optional.empty(), ALL).items().stream()
                .map(view -> new RunId(view.id()))
                .sorted(Comparator.comparing(RunId::value))
                .map(id -> RunTrace.of(view(id), steps(id)))
                .toList();
    }

    List<AiCallView> aiCalls(RunId id) {
        return database.aiCallQueries().calls(id, Optional.empty(), ALL).items();
    }

    List<StepView> steps(RunId id) {
        return database.queries().steps(id, -1, ALL).items();
    }

    Optional<JsonNode> value(RunId id, String name) {
        return database.queries().value(id, name);
    }

    List<LogView> logs(RunId id) {
        return database.queries().logs(id, Optional.empty(), ALL).items();
    }

    CancelRun.Cancellation cancel(RunId id, String reason) {
        CancelRun.Cancellation cancellation = execute(new CancelRun(id, reason));
        runUntilIdle();
        return cancellation;
    }

    void pause(RunId id, boolean paused) {
        execute(new PauseRun(id, paused));
        runUntilIdle();
    }

    private boolean runUntilIdleOrCrash() {
        points.atWork(points != KillPoints.NONE);
        try {
            if (isDown) {
                recover();
            }
            node.upkeep().reap();
            node.worker().wake();
            executor.drain();
            node.relay().relay();
            node.listeners().look();
            executor.drain();
            while (node.limits().look() > 0) {
                node.worker().wake();
                executor.drain();
            }
            return true;
        } catch (WorkerCrash e) {
            isDown = true;
            return false;
        } finally {
            points.atWork(false);
        }
    }

    /** What a process had in hand is gone with it. */
    private void recover() {
        executor.clear();
        if (afterCrash == AfterCrash.RESTART) {
            incarnations++;
            node = newNode();
            node.upkeep().reclaim();
            node.listeners().release();
        } else {
            nodes++;
            node = newNode();
        }
        isDown = false;
    }

    private InMemoryNode newNode() {
        WorkerId id = new WorkerId("node-" + nodes, String.valueOf(incarnations));
        return new InMemoryNode(
                world, new Definitions(deployed.values()), id, executor, settings, this::callStep, this::mortal);
    }

    private CommandBus mortal(CommandBus bus) {
        MortalBus mortal = new MortalBus(points.guard(wrapping.apply(bus)));
        life = mortal;
        return mortal;
    }

    /** What the worker still does, on its way out of the code it died in, must not be seen by anybody. */
    private void die() {
        if (life != null) {
            life.die();
        }
    }

    private @Nullable Object callStep(
            RunId run, String name, StepContext step, Callable<? extends @Nullable Object> code) throws Exception {
        if (points == KillPoints.NONE) {
            return ofStep(name).execute(run.value(), None.NONE, code::call);
        }
        pass("before step '" + step.stepId() + "'");
        watched.begins(this, run, step);
        Object result = ofStep(name).execute(run.value(), None.NONE, code::call);
        pass("after step '" + step.stepId() + "'");
        return result;
    }

    private void pass(String place) {
        try {
            points.pass(place);
        } catch (WorkerCrash e) {
            die();
            throw e;
        }
    }

    /** Steps need not be known before they are made. */
    private StageScript ofStep(String name) {
        return scripts.computeIfAbsent(name, missing -> new StageScript(missing, this::die));
    }

    private PipelineDefinition scripted(PipelineDefinition definition) {
        return definition.substituting(
                stage -> ScriptedStage.of(stage, scriptOf(stage.id()), scriptOf(stage.id() + POLL)));
    }

    private StageScript scriptOf(String name) {
        return scripts.computeIfAbsent(name, missing -> new StageScript(missing, this::die));
    }

    private StageScript script(String stageId) {
        boolean mayBeStep = deployed.values().stream().anyMatch(CodeDefinition.class::isInstance);
        StageScript script = mayBeStep ? ofStep(stageId) : scripts.get(stageId);
        if (script == null) {
            throw new IllegalArgumentException("There is no stage '" + stageId + "'; the deployed workflows have "
                    + scripts.keySet().stream().filter(id -> !id.endsWith(POLL)).toList());
        }
        return script;
    }
}
