package dev.pawl.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.api.Pipeline;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.testkit.InMemoryNode;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PreviousOutputTest {

    private static final Text LARGE = new Text("x".repeat(InMemoryNode.LARGEST_INLINE + 1));

    @Test
    @Tag("K-28")
    void aStageWhosePredecessorsBlobIsGoneFailsLoudly() {
        TestEngine engine = TestEngine.with(Flows.line("flow", "a", "b"));
        engine.mockStage("a", input -> LARGE).failStage("b", 1, new IOException("later"));
        TestRun run = engine.start("flow", Flows.HELLO);
        assertThat(engine.node().blobs().delete("runs/" + run.id() + "/a/1")).isTrue();

        engine.advance(Duration.ofSeconds(2));

        assertThat(run.status()).isEqualTo(RunStatus.FAILED);
        assertThat(run.error()).map(Failure::code).contains("PREVIOUS_OUTPUT_MISSING");
        assertThat(run.error()).map(Failure::stage).contains("b");
        assertThat(run.error()).map(Failure::message).get().asString().contains("runs/" + run.id() + "/a/1");
        assertThat(run.executions("b"))
                .as("its code was not called with something else")
                .isEqualTo(1);
    }

    @Test
    @Tag("K-28")
    void aGroupAtTheEndWhoseBlobIsGoneFailsTheRun() {
        TestEngine engine = TestEngine.with(Pipeline.named("pair", Text.class)
                .parallel(TextStage.append("a"), TextStage.append("b"))
                .build());
        engine.mockStage("a", input -> LARGE).failStage("b", 1, new IOException("later"));
        TestRun run = engine.start("pair", Flows.HELLO);
        engine.node().blobs().delete("runs/" + run.id() + "/a/1");

        engine.advance(Duration.ofSeconds(2));

        assertThat(run.error()).map(Failure::code).contains("PREVIOUS_OUTPUT_MISSING");
    }

    @Test
    @Tag("D-03")
    void anyEarlierOutputCanBeRequired() {
        TextStage last = TextStage.of(
                "last",
                (context, input) -> new Text(context.require("a", Text.class).value() + " and "
                        + context.require("b", Text.class).value() + " and "
                        + context.optional("nobody", Text.class)));
        TestEngine engine = TestEngine.with(Flows.line("flow", TextStage.append("a"), TextStage.append("b"), last));

        assertThat(engine.start("flow", Flows.HELLO).output(Text.class))
                .isEqualTo(new Text("hello+a and hello+a+b and Optional.empty"));
    }

    @Test
    @Tag("D-03")
    void requiringAnOutputThatIsNotThereNamesThoseThatAre() {
        TextStage last = TextStage.of("last", (context, input) -> context.require("nobody", Text.class));
        TestEngine engine = TestEngine.with(Flows.line("flow", TextStage.append("a"), TextStage.append("b"), last));

        TestRun run = engine.start("flow", Flows.HELLO);

        assertThat(run.error()).map(Failure::code).contains("STAGE_OUTPUT_MISSING");
        assertThat(run.error()).map(Failure::message).get().asString().contains("'nobody'", "[a, b]");
        assertThat(run.executions("last")).isEqualTo(1);
    }
}
