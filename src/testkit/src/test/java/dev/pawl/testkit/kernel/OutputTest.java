package dev.pawl.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.api.None;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Retry;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.StageOutputs;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.query.RunView;
import dev.pawl.testkit.InMemoryNode;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("K-09")
class OutputTest {

    /** Takes the outputs of a group as they are. */
    static final class Collect implements Stage<StageOutputs, Text> {
        @Override
        public Text execute(StageContext context, StageOutputs input) {
            return new Text(input.stageIds() + " "
                    + input.require("left", Text.class).value() + " "
                    + input.require("right", Text.class).value());
        }
    }

    static final class WithoutInput implements Stage<None, Text> {
        @Override
        public Text execute(StageContext context, None input) {
            return new Text("began anew");
        }
    }

    static final class Anything implements Stage<Text, Object> {
        private final Object output;

        Anything(Object output) {
            this.output = output;
        }

        @Override
        public Object execute(StageContext context, Text input) {
            return output;
        }
    }

    static final class Words implements Stage<Text, List<String>> {
        @Override
        public List<String> execute(StageContext context, Text input) {
            return List.of(input.value().split(" "));
        }
    }

    static final class Count implements Stage<List<String>, Integer> {
        @Override
        public Integer execute(StageContext context, List<String> input) {
            return input.size();
        }
    }

    private static final Stage<Text, Text> LEFT = TextStage.append("left");
    private static final Stage<Text, Text> RIGHT = TextStage.append("right");

    @Test
    void aSingleLastStageGivesItsValue() {
        TestRun run = TestEngine.with(Flows.line("line", "a", "b")).start("line", Flows.HELLO);

        assertThat(run.view().output()).isEqualTo(json("{'value':'hello+a+b'}"));
    }

    @Test
    void aGroupAtTheEndGivesAMapByStage() {
        TestRun run = TestEngine.with(Pipeline.named("group", Text.class)
                        .parallel(LEFT, RIGHT)
                        .build())
                .start("group", Flows.HELLO);

        assertThat(run.view().output())
                .isEqualTo(json("{'left':{'value':'hello+left'},'right':{'value':'hello+right'}}"));
    }

    @Test
    @Tag("D-02")
    void aJoinAtTheEndGivesItsValue() {
        TestRun run = TestEngine.with(Pipeline.named("join", Text.class)
                        .parallel(LEFT, RIGHT, (left, right) -> new Text(left.value() + " " + right.value()))
                        .build())
                .start("join", Flows.HELLO);

        assertThat(run.output(Text.class)).isEqualTo(new Text("hello+left hello+right"));
        assertThat(run.attempts("join")).isEqualTo(1);
    }

    @Test
    @Tag("D-02")
    void aJoinInTheMiddleFeedsTheNextStage() {
        TestRun run = TestEngine.with(Pipeline.named("join", Text.class)
                        .then(TextStage.append("first"))
                        .parallel(LEFT, RIGHT, (left, right) -> new Text(left.value() + " " + right.value()))
                        .then(TextStage.append("last"))
                        .build())
                .start("join", Flows.HELLO);

        assertThat(run.output(Text.class)).isEqualTo(new Text("hello+first+left hello+first+right+last"));
    }

    @Test
    @Tag("D-02")
    void aGroupInTheMiddleFeedsTheNextStageAsAMap() {
        TestRun run = TestEngine.with(Pipeline.named("collect", Text.class)
                        .parallel(LEFT, RIGHT)
                        .then(new Collect())
                        .build())
                .start("collect", Flows.HELLO);

        assertThat(run.output(Text.class)).isEqualTo(new Text("[left, right] hello+left hello+right"));
    }

    @Test
    void aStageThatWantsNoInputGetsNone() {
        TestRun run = TestEngine.with(Pipeline.named("anew", Text.class)
                        .then(TextStage.append("a"))
                        .thenWithoutInput(new WithoutInput())
                        .build())
                .start("anew", Flows.HELLO);

        assertThat(run.output(Text.class)).isEqualTo(new Text("began anew"));
    }

    @Test
    @Tag("D-01")
    void collectionsAndNumbersPassBetweenStages() {
        TestRun run = TestEngine.with(Pipeline.named("count", Text.class)
                        .then(new Words())
                        .then(new Count())
                        .build())
                .start("count", new Text("one two three"));

        assertThat(run.output(Integer.class)).isEqualTo(3);
    }

    @Test
    @Tag("D-03")
    void zeroEmptyAndFalseAreOutputs() {
        for (Object output : new Object[] {0, "", false}) {
            TestRun run = TestEngine.with(Pipeline.named("falsy", Text.class)
                            .then(new Anything(output))
                            .build())
                    .start("falsy", Flows.HELLO);

            assertThat(run.view().output()).isEqualTo(JsonCodec.toTree(output));
        }
    }

    @Test
    void costAndTokensAreSummedOverStagesAndAttempts() {
        TextStage paid = TextStage.of("paid", (context, input) -> {
            context.usage(0.5, 100);
            context.usage(0.25, 10);
            if (context.attempt() == 1) {
                throw new IOException("the answer was no good");
            }
            return input;
        });
        TextStage alsoPaid = TextStage.of("also-paid", (context, input) -> {
            context.usage(1, 1);
            return input;
        });
        TestEngine engine =
                TestEngine.with(Flows.line("paid", paid.with(Retry.fixed(2, Duration.ofSeconds(1))), alsoPaid));

        TestRun run = engine.start("paid", Flows.HELLO);
        engine.advance(Duration.ofSeconds(1));

        assertThat(run.view().totals()).isEqualTo(new RunView.Totals(2.5, 221));
    }

    @Test
    void aFailedRunHasTotalsToo() {
        TextStage paid = TextStage.of("paid", (context, input) -> {
            context.usage(0.5, 100);
            throw new IOException("no");
        });

        TestRun run =
                TestEngine.with(Flows.line("paid", paid.with(Retry.none()))).start("paid", Flows.HELLO);

        assertThat(run.view().totals()).isEqualTo(new RunView.Totals(0.5, 100));
    }

    @Test
    void theDurationRunsFromTheStartToTheEnd() {
        TestEngine engine = TestEngine.with(Flows.line("slow", "a")).failStage("a", 2, new IOException("not yet"));
        TestRun run = engine.start("slow", Flows.HELLO);
        assertThat(run.view().durationMs()).isZero();

        engine.advance(Duration.ofMinutes(1));

        assertThat(run.view().durationMs()).isEqualTo(6_000);
        assertThat(run.events()
                        .get(run.events().size() - 1)
                        .payload()
                        .get("durationMs")
                        .asLong())
                .isEqualTo(6_000);
    }

    @Test
    void figuresAreKeptWithTheirStage() {
        TextStage measured = TextStage.of("measured", (context, input) -> {
            context.metric("pages", 2);
            context.metric("pages", 3);
            context.metric("ratio", 0.5);
            return input;
        });

        TestRun run = TestEngine.with(Flows.line("measured", measured)).start("measured", Flows.HELLO);

        assertThat(run.stage("measured").metrics()).isEqualTo(json("{'pages':3.0,'ratio':0.5}"));
    }

    @Test
    @Tag("D-08")
    void aLargeOutputLeavesTheRowAndReachesTheNextStage() {
        String large = "x".repeat(InMemoryNode.LARGEST_INLINE * 10);
        TestEngine engine = TestEngine.with(Flows.line(
                "large", TextStage.of("make", (context, input) -> new Text(large)), TextStage.append("more")));

        TestRun run = engine.start("large", Flows.HELLO);

        assertThat(run.output(Text.class)).isEqualTo(new Text(large + "+more"));
        assertThat(engine.node().blobs().list("runs/" + run.id() + "/"))
                .containsExactly("runs/" + run.id() + "/make/1", "runs/" + run.id() + "/more/1");
    }

    @Test
    @Tag("D-01")
    void anOutputItsTypeDoesNotAcceptFailsTheRunAndIsNotRetried() {
        TestEngine engine = TestEngine.with(Flows.line("strict", "a"));
        engine.mockStage("a", input -> Map.of("value", 1));

        TestRun run = engine.start("strict", Flows.HELLO);

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.error()).map(Failure::code).contains("INVALID_STAGE_OUTPUT");
        assertThat(run.error()).map(Failure::stage).contains("a");
        assertThat(run.executions("a")).isEqualTo(1);
    }

    @Test
    @Tag("D-01")
    void anAbsentOutputFailsTheRun() {
        TestEngine engine = TestEngine.with(Flows.line("strict", "a"));
        engine.mockStage("a", input -> null);

        TestRun run = engine.start("strict", Flows.HELLO);

        assertThat(run.error()).map(Failure::code).contains("INVALID_STAGE_OUTPUT");
    }

    @Test
    void aJoinThatFailsFailsTheRunWithItsError() {
        TestRun run = TestEngine.with(Pipeline.named("join", Text.class)
                        .parallel(LEFT, RIGHT, (left, right) -> OutputTest.<Text>failing())
                        .then(TextStage.append("last"))
                        .build())
                .start("join", Flows.HELLO);

        assertThat(run.error()).map(Failure::code).contains("JOIN_FAILED");
        assertThat(run.error()).map(Failure::message).get().asString().contains("the halves do not match");
    }

    private static <T> T failing() {
        throw new IllegalStateException("the halves do not match");
    }

    private static JsonNode json(String text) {
        return JsonCodec.parse(text.replace('\'', '"'));
    }
}
