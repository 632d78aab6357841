package dev.pawl.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.api.None;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.StageOutputs;
import dev.pawl.engine.command.Caller;
import dev.pawl.engine.command.CreateRun;
import dev.pawl.engine.interpret.Definitions;
import dev.pawl.engine.interpret.PipelineDefinition;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.model.WorkerId;
import dev.pawl.engine.port.BlobInfo;
import dev.pawl.engine.port.BlobStore;
import dev.pawl.engine.port.OpenBlob;
import dev.pawl.engine.work.Payloads;
import dev.pawl.engine.work.WorkerSettings;
import dev.pawl.testkit.InMemoryEventSink;
import dev.pawl.testkit.InMemoryNode;
import dev.pawl.testkit.ManualClock;
import dev.pawl.testkit.SequentialIds;
import dev.pawl.testkit.memory.InMemoryDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A large output is loaded when it is needed, and by a worker that does not have it. */
@Tag("D-08")
class LargeOutputTest {

    private static final Text LARGE = new Text("x".repeat(InMemoryNode.LARGEST_INLINE + 1));

    private final ManualClock clock = new ManualClock();
    private final InMemoryDatabase database = new InMemoryDatabase(clock);
    private final CountingBlobs blobs = new CountingBlobs(database.blobs());
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final InMemoryNode.World world = new InMemoryNode.World(
                    database, clock, new SequentialIds(), () -> 0, new InMemoryEventSink(database.afterCommit()))
            .withBlobs(blobs);

    /** Blobs that note which contents were read. */
    private record CountingBlobs(BlobStore store, List<String> read) implements BlobStore {

        CountingBlobs(BlobStore store) {
            this(store, new ArrayList<>());
        }

        long reads(String key) {
            return read.stream().filter(key::equals).count();
        }

        @Override
        public BlobInfo put(String key, String contentType, InputStream content) throws IOException {
            return store.put(key, contentType, content);
        }

        @Override
        public Optional<OpenBlob> open(String key) {
            read.add(key);
            return store.open(key);
        }

        @Override
        public Optional<BlobInfo> info(String key) {
            return store.info(key);
        }

        @Override
        public boolean delete(String key) {
            return store.delete(key);
        }

        @Override
        public int deleteAll(String prefix, int max) {
            return store.deleteAll(prefix, max);
        }

        @Override
        public List<String> list(String prefix, String after, int limit) {
            return store.list(prefix, after, limit);
        }
    }

    private InMemoryNode node(String name, Pipeline<?, ?> pipeline) {
        return new InMemoryNode(
                world,
                new Definitions(List.of(new PipelineDefinition(pipeline))),
                new WorkerId(name, "1"),
                tasks::add,
                WorkerSettings.DEFAULT);
    }

    private RunId run(InMemoryNode node) {
        CreateRun create = Flows.create("large");
        RunId run = Cluster.execute(node, create).runId();
        finish(node);
        return run;
    }

    private void finish(InMemoryNode node) {
        node.worker().wake();
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private RunStatus status(RunId run) {
        return database.queries().statuses(List.of(run)).get(run);
    }

    private static Stage<None, Text> unconcerned(String id) {
        return new Stage<>() {
            @Override
            public Text execute(StageContext context, None input) {
                return new Text("small");
            }

            @Override
            public String id() {
                return id;
            }
        };
    }

    private static final class Concerned implements Stage<None, Text> {
        private final String id;

        Concerned(String id) {
            this.id = id;
        }

        @Override
        public Text execute(StageContext context, None input) {
            return new Text(
                    "length " + context.require("make", Text.class).value().length());
        }

        @Override
        public String id() {
            return id;
        }
    }

    private static Pipeline<Text, Text> twentyAfter(Stage<Text, Text> make, boolean concerned) {
        Pipeline.Builder<Text, Text> builder =
                Pipeline.named("large", Text.class).then(make);
        for (int i = 1; i <= 20; i++) {
            builder = builder.thenWithoutInput(concerned ? new Concerned("s" + i) : unconcerned("s" + i));
        }
        return builder.build();
    }

    private static final TextStage MAKE = TextStage.of("make", (context, input) -> LARGE);

    @Test
    void twentyLaterStagesThatDoNotNeedItNeverLoadIt() {
        RunId run = run(node("a", twentyAfter(MAKE, false)));

        assertThat(status(run)).isEqualTo(RunStatus.COMPLETED);
        assertThat(blobs.read()).isEmpty();
    }

    @Test
    void twentyLaterStagesThatRequireItOnTheWorkerThatMadeItNeverLoadIt() {
        RunId run = run(node("a", twentyAfter(MAKE, true)));

        assertThat(status(run)).isEqualTo(RunStatus.COMPLETED);
        assertThat(blobs.read()).isEmpty();
    }

    @Test
    void anotherWorkerLoadsItOnceForAllItsStages() {
        InMemoryNode[] maker = new InMemoryNode[1];
        TextStage makeAndLeave = TextStage.of("make", (context, input) -> {
            maker[0].worker().close();
            return LARGE;
        });
        Pipeline<Text, Text> pipeline = twentyAfter(makeAndLeave, true);
        maker[0] = node("a", pipeline);
        RunId run = run(maker[0]);
        assertThat(status(run)).isEqualTo(RunStatus.RUNNING);

        finish(node("b", pipeline));

        assertThat(status(run)).isEqualTo(RunStatus.COMPLETED);
        assertThat(blobs.reads("runs/" + run + "/make/1")).isEqualTo(1);
    }

    @Test
    void twentyStagesSideBySideLoadItOnce() {
        InMemoryNode[] maker = new InMemoryNode[1];
        TextStage[] readers = new TextStage[20];
        for (int i = 0; i < readers.length; i++) {
            readers[i] = TextStage.of(
                    "s" + i,
                    (context, input) -> new Text(String.valueOf(input.value().length())));
        }
        Pipeline<Text, StageOutputs> pipeline = Pipeline.named("large", Text.class)
                .then(TextStage.of("make", (context, input) -> {
                    maker[0].worker().close();
                    return LARGE;
                }))
                .parallel(readers)
                .build();
        maker[0] = node("a", pipeline);
        RunId run = run(maker[0]);

        finish(node("b", pipeline));

        assertThat(status(run)).isEqualTo(RunStatus.COMPLETED);
        assertThat(blobs.reads("runs/" + run + "/make/1")).isEqualTo(1);
    }

    @Test
    void ofAGroupOnlyTheOutputThatIsAskedForIsLoaded() {
        InMemoryNode[] maker = new InMemoryNode[1];
        RunId run = runOfGroup(maker, (context, input) -> input.require("right", Text.class));

        finish(node("b", group(maker, (context, input) -> input.require("right", Text.class))));

        assertThat(status(run)).isEqualTo(RunStatus.COMPLETED);
        assertThat(blobs.reads("runs/" + run + "/right/1")).isEqualTo(1);
        assertThat(blobs.reads("runs/" + run + "/left/1")).isZero();
    }

    @Test
    @Tag("K-28")
    void anOutputOfAGroupThatIsGoneFailsTheStageAlthoughItDoesNotAskForIt() {
        InMemoryNode[] maker = new InMemoryNode[1];
        RunId run = runOfGroup(maker, (context, input) -> input.require("right", Text.class));
        blobs.delete("runs/" + run + "/left/1");

        finish(node("b", group(maker, (context, input) -> input.require("right", Text.class))));

        assertThat(failureOf(run).code()).isEqualTo("PREVIOUS_OUTPUT_MISSING");
    }

    @Test
    @Tag("K-28")
    void aRequiredOutputThatIsGoneFailsTheStageAtOnce() {
        InMemoryNode[] maker = new InMemoryNode[1];
        Pipeline<Text, Text> pipeline = twentyAfter(
                TextStage.of("make", (context, input) -> {
                    maker[0].worker().close();
                    return LARGE;
                }),
                true);
        maker[0] = node("a", pipeline);
        RunId run = run(maker[0]);
        blobs.delete("runs/" + run + "/make/1");

        finish(node("b", pipeline));

        Failure failure = failureOf(run);
        assertThat(failure.code()).isEqualTo("PREVIOUS_OUTPUT_MISSING");
        assertThat(failure.stage()).isEqualTo("s1");
        assertThat(failure.message()).contains("runs/" + run + "/make/1");
    }

    @Test
    void whatIsRememberedIsBounded() {
        Payloads payloads = new Payloads(blobs, 10, 2_500);
        List<Payload> kept = new ArrayList<>();
        for (String key : List.of("a", "b", "c")) {
            kept.add(payloads.keep(key, "x".repeat(1_000)));
        }
        kept.forEach(payload -> assertThat(payloads.read(payload)).hasSize(1_000));
        assertThat(blobs.read()).as("at most two of three have room").isNotEmpty();
    }

    @Test
    void aRememberedValueThatWasReplacedIsLoadedAnew() {
        Payloads payloads = new Payloads(blobs, 10);
        Payload kept = payloads.keep("k", "before ".repeat(10));
        blobs.put("k", "after ".repeat(10));
        assertThat(payloads.read(kept)).isEqualTo("after ".repeat(10));
        assertThat(payloads.read(kept)).isEqualTo("after ".repeat(10));
        assertThat(blobs.reads("k")).isEqualTo(1);
    }

    private interface Collecting {
        Text collect(StageContext context, StageOutputs input);
    }

    private RunId runOfGroup(InMemoryNode[] maker, Collecting last) {
        maker[0] = node("a", group(maker, last));
        return run(maker[0]);
    }

    private static Pipeline<Text, Text> group(InMemoryNode[] maker, Collecting last) {
        TextStage right = TextStage.of("right", (context, input) -> {
            maker[0].worker().close();
            return LARGE;
        });
        return Pipeline.named("large", Text.class)
                .parallel(TextStage.of("left", (context, input) -> LARGE), right)
                .then(new Stage<StageOutputs, Text>() {
                    @Override
                    public Text execute(StageContext context, StageOutputs input) {
                        return last.collect(context, input);
                    }

                    @Override
                    public String id() {
                        return "collect";
                    }
                })
                .build();
    }

    private Failure failureOf(RunId run) {
        return Optional.ofNullable(database.queries()
                        .find(Caller.DEFAULT_TENANT, run)
                        .orElseThrow()
                        .error())
                .orElseThrow();
    }
}
