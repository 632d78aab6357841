package dev.pawl.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.api.Artifact;
import dev.pawl.api.Artifacts;
import dev.pawl.api.Retry;
import dev.pawl.api.StageOptions;
import dev.pawl.engine.command.RerunFrom;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.testkit.InMemoryNode;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("D-08")
class ArtifactTest {

    private static List<String> keys(List<Artifact> artifacts) {
        return artifacts.stream().map(Artifact::key).toList();
    }

    private static List<String> keys(TestEngine engine, TestRun run) {
        return engine.database().artifacts().list(run.id(), "", "", 100).stream()
                .map(artifact -> artifact.key())
                .toList();
    }

    @Test
    void whatOneStageKeepsALaterOneReads() {
        TextStage keep = TextStage.of("keep", (context, input) -> {
            Artifacts artifacts = context.artifacts();
            artifacts.put("pages/1.png", "image/png", new ByteArrayInputStream(new byte[] {1, 2, 3}));
            artifacts.put("pages/2.png", "image/png", new byte[] {4});
            artifacts.putText("note", "é");
            artifacts.putJson("figures", new Text("json"));
            return input;
        });
        TextStage read = TextStage.of("read", (context, input) -> {
            Artifacts artifacts = context.artifacts();
            assertThat(keys(artifacts.list())).containsExactly("figures", "note", "pages/1.png", "pages/2.png");
            assertThat(keys(artifacts.list("pages/"))).containsExactly("pages/1.png", "pages/2.png");
            assertThat(artifacts.totalSize()).isEqualTo(3 + 1 + 2 + "{\"value\":\"json\"}".length());
            try (InputStream page = artifacts.get("pages/1.png").orElseThrow()) {
                assertThat(page.readAllBytes()).containsExactly(1, 2, 3);
            }
            assertThat(artifacts.text("note")).contains("é");
            assertThat(artifacts.json("figures", Text.class)).contains(new Text("json"));
            assertThat(artifacts.get("absent")).isEmpty();
            assertThat(artifacts.text("absent")).isEmpty();
            assertThat(artifacts.has("absent")).isFalse();
            assertThat(artifacts.delete("pages/2.png")).isTrue();
            assertThat(artifacts.delete("pages/2.png")).isFalse();
            assertThat(artifacts.has("pages/2.png")).isFalse();
            Artifact note = artifacts.find("note").orElseThrow();
            assertThat(note.contentType()).isEqualTo("text/plain; charset=utf-8");
            assertThat(note.size()).isEqualTo(2);
            assertThat(note.sha256()).isEqualTo("4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c");
            assertThat(note.stage()).isEqualTo("keep");
            assertThat(note.attempt()).isEqualTo(1);
            return input;
        });
        TestEngine engine = TestEngine.with(Flows.line("flow", keep, read));

        TestRun run = engine.start("flow", Flows.HELLO);

        assertThat(run.error()).isEmpty();
        assertThat(keys(engine, run)).containsExactly("figures", "note", "pages/1.png");
        assertThat(engine.node().blobs().list("artifacts/" + run.id() + "/keep/"))
                .hasSize(3);
    }

    @Test
    void anotherRunDoesNotSeeThem() {
        TextStage keep = TextStage.of("keep", (context, input) -> {
            assertThat(context.artifacts().list()).isEmpty();
            context.artifacts().putText("note", "x");
            return input;
        });
        TestEngine engine = TestEngine.with(Flows.line("flow", keep));
        assertThat(engine.start("flow", Flows.HELLO).error()).isEmpty();
        assertThat(engine.start("flow", Flows.HELLO).error()).isEmpty();
    }

    @Test
    void theLastAttemptWinsAndWhatAFailedOnePutStays() {
        TextStage keep = TextStage.of("keep", (context, input) -> {
            context.artifacts().putText("note", "attempt " + context.attempt());
            context.artifacts().putText("only-" + context.attempt(), "x");
            if (context.attempt() == 1) {
                throw new IOException("after the put");
            }
            return input;
        });
        TestEngine engine = TestEngine.with(Flows.line("flow", keep.with(Retry.fixed(2, Duration.ofSeconds(1)))));

        TestRun run = engine.start("flow", Flows.HELLO);
        assertThat(keys(engine, run)).containsExactly("note", "only-1");
        engine.advance(Duration.ofSeconds(1));

        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(keys(engine, run)).containsExactly("note", "only-1", "only-2");
        assertThat(engine.database()
                        .artifacts()
                        .find(run.id(), "note")
                        .orElseThrow()
                        .attempt())
                .isEqualTo(2);
        assertThat(engine.node().blobs().list("artifacts/"))
                .as("the replaced blob is gone")
                .hasSize(3);
    }

    @Test
    @Tag("K-29")
    void aTransactionalStagesPutsAreRolledBackWithIt() {
        TextStage keep = TextStage.of("keep", (context, input) -> {
            context.artifacts().putText("attempt-" + context.attempt(), "x");
            if (context.attempt() == 1) {
                throw new IOException("after the put");
            }
            return input;
        });
        StageOptions options = StageOptions.transactional().withRetry(Retry.fixed(2, Duration.ofSeconds(1)));
        TestEngine engine = TestEngine.with(Flows.line("flow", keep.with(options)));

        TestRun run = engine.start("flow", Flows.HELLO);
        assertThat(keys(engine, run)).isEmpty();
        engine.advance(Duration.ofSeconds(1));

        assertThat(keys(engine, run)).containsExactly("attempt-2");
        assertThat(engine.node().blobs().list("artifacts/")).hasSize(1);
    }

    @Test
    @Tag("K-11")
    void aRerunDropsTheArtifactsOfTheStagesItBeginsAnewAndTheirBlobs() {
        TextStage first = TextStage.of("first", (context, input) -> {
            context.artifacts().putText("of-first", "x");
            return input;
        });
        TextStage second = TextStage.of("second", (context, input) -> {
            if (!context.artifacts().has("of-second")) {
                context.artifacts().putText("of-second", "attempt " + context.attempt());
            }
            return input;
        });
        TestEngine engine = TestEngine.with(Flows.line("flow", first, second));
        TestRun run = engine.start("flow", Flows.HELLO);

        engine.execute(new RerunFrom(run.id(), "second", null, false));
        assertThat(keys(engine, run)).containsExactly("of-first");
        engine.runUntilIdle();
        engine.node().upkeep().sweep();

        assertThat(keys(engine, run)).containsExactly("of-first", "of-second");
        assertThat(engine.database()
                        .artifacts()
                        .find(run.id(), "of-second")
                        .orElseThrow()
                        .attempt())
                .isEqualTo(2);
        assertThat(engine.node().blobs().list("artifacts/")).hasSize(2);
    }

    @Test
    void keysAndTypesThatCannotBeAreRefused() {
        TextStage keep = TextStage.of("keep", (context, input) -> {
            for (String key : List.of("", "/a", "a/", "a//b", ".", "a/../b", "a\\b", "a\nb", "x".repeat(501))) {
                assertThatThrownBy(() -> context.artifacts().putText(key, "x"))
                        .as(key)
                        .isInstanceOf(IllegalArgumentException.class);
                assertThat(context.artifacts().find(key)).isEmpty();
            }
            for (String type : List.of("", " ", "text/plain\r\nX: y", "téxt/plain")) {
                assertThatThrownBy(() -> context.artifacts().put("k", type, new byte[0]))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            return input;
        });
        TestEngine engine = TestEngine.with(Flows.line("flow", keep));

        TestRun run = engine.start("flow", Flows.HELLO);

        assertThat(run.error()).isEmpty();
        assertThat(engine.node().blobs().list("")).isEmpty();
    }

    @Test
    void anArtifactThatIsTooLargeFailsTheStageAtOnceAndLeavesNothing() {
        TextStage keep = TextStage.of("keep", (context, input) -> {
            context.artifacts().put("k", "x/y", new byte[(int) InMemoryNode.LARGEST_ARTIFACT + 1]);
            return input;
        });
        TestEngine engine = TestEngine.with(Flows.line("flow", keep));

        TestRun run = engine.start("flow", Flows.HELLO);

        assertThat(run.error()).map(Failure::code).contains("ARTIFACT_TOO_LARGE");
        assertThat(run.executions("keep")).isEqualTo(1);
        assertThat(engine.node().blobs().list("")).isEmpty();
        assertThat(engine.database().artifacts().list(new RunId(run.id().value()), "", "", 10))
                .isEmpty();
    }
}
