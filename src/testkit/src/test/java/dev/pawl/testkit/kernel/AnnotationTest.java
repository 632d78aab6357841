package dev.pawl.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.api.Annotation;
import dev.pawl.api.AsyncBatchStage;
import dev.pawl.api.Completion;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Poll;
import dev.pawl.api.Retry;
import dev.pawl.api.StageContext;
import dev.pawl.api.Submission;
import dev.pawl.engine.command.AnnotateRun;
import dev.pawl.engine.command.RefusedException;
import dev.pawl.engine.command.RerunFrom;
import dev.pawl.engine.model.RunAnnotation;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.port.AnnotationStore.Filter;
import dev.pawl.engine.query.EventView;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("D-09")
class AnnotationTest {

    private static List<RunAnnotation> annotations(TestEngine engine, TestRun run) {
        return engine.database().annotations().list(run.id(), Filter.ALL, 0, 100);
    }

    private static List<EventView> announced(TestRun run) {
        return run.events().stream()
                .filter(event -> event.type().equals("annotation:created"))
                .toList();
    }

    @Test
    void whatAStageNotesIsKeptOnceWithItsOutcome() {
        TextStage note = TextStage.of("note", (context, input) -> {
            context.annotate("score", 0.5);
            context.annotate("score", 0.5);
            context.annotate(
                    Annotation.of("score", 0.75).announced(),
                    Annotation.of("verdict", Map.of("b", 1, "a", 2)).ofRun(),
                    Annotation.of("seen", "first").once("k"),
                    Annotation.of("seen", "second").once("k"));
            return input;
        });
        TestEngine engine = TestEngine.with(Flows.line("flow", note));

        TestRun run = engine.start("flow", Flows.HELLO);

        assertThat(annotations(engine, run))
                .extracting(RunAnnotation::stepId, RunAnnotation::name, RunAnnotation::type, RunAnnotation::json)
                .containsExactly(
                        tuple("note", "score", "number", "0.5"),
                        tuple("note", "score", "number", "0.75"),
                        tuple(
                                "",
                                "verdict",
                                "object",
                                annotations(engine, run).get(2).json()),
                        tuple("note", "seen", "string", "\"first\""));
        assertThat(annotations(engine, run)).allMatch(kept -> kept.madeBy().equals("stage:note"));
        assertThat(announced(run)).singleElement().satisfies(event -> {
            assertThat(event.payload().path("name").asText()).isEqualTo("score");
            assertThat(event.payload().path("stage").asText()).isEqualTo("note");
        });
    }

    @Test
    void thoseOfAFailedAttemptAreKeptAndNotDoubledByTheNextOne() {
        TextStage note = TextStage.of("note", (context, input) -> {
            context.annotate("same", "x");
            context.annotate("attempt", context.attempt());
            if (context.attempt() == 1) {
                throw new IOException("no");
            }
            return input;
        });
        TestEngine engine = TestEngine.with(Flows.line("flow", note.with(Retry.fixed(2, Duration.ofSeconds(1)))));

        TestRun run = engine.start("flow", Flows.HELLO);
        assertThat(annotations(engine, run)).hasSize(2);
        engine.advance(Duration.ofSeconds(1));

        assertThat(annotations(engine, run)).extracting(RunAnnotation::attempt).containsExactly(1, 1, 2);
    }

    @Test
    void thoseOfAWorkerThatDiedAreNot() {
        TextStage note = TextStage.of("note", (context, input) -> {
            context.annotate("attempt", context.attempt());
            return input;
        });
        TestEngine engine = TestEngine.with(Flows.line("flow", note)).crashAfter("note");

        TestRun run = engine.start("flow", Flows.HELLO);

        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(annotations(engine, run)).extracting(RunAnnotation::attempt).containsExactly(2);
    }

    @Test
    @Tag("K-18")
    void thoseOfAStageThatWaitsAreKeptWithItsSuspensionAndOnceHoweverOftenItIsPolled() {
        TestEngine engine = TestEngine.with(
                Pipeline.named("flow", Text.class).then(new Waiting()).build());

        TestRun run = engine.start("flow", Flows.HELLO);
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        assertThat(annotations(engine, run)).extracting(RunAnnotation::name).containsExactly("ticket");
        engine.advance(Duration.ofHours(1));
        engine.advance(Duration.ofHours(1));

        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(annotations(engine, run)).extracting(RunAnnotation::name).containsExactly("ticket", "asked");
    }

    /** Asks twice, an hour apart. */
    private static final class Waiting implements AsyncBatchStage<Text, Text, Integer> {
        @Override
        public Submission<Text, Integer> execute(StageContext context, Text input, Optional<Integer> resumeState) {
            context.annotate("ticket", 7);
            return Submission.suspended(0, Poll.every(Duration.ofHours(1)));
        }

        @Override
        public Completion<Text, Integer> checkCompletion(StageContext context, Integer polls) {
            context.annotate("asked", true);
            return polls == 1
                    ? Completion.ready(new Text("done"))
                    : Completion.<Text, Integer>notReady().withState(polls + 1);
        }
    }

    @Test
    @Tag("K-11")
    void aRerunKeepsThem() {
        TextStage note = TextStage.of("note", (context, input) -> {
            context.annotate("attempt", context.attempt());
            return input;
        });
        TestEngine engine = TestEngine.with(Flows.line("flow", note));
        TestRun run = engine.start("flow", Flows.HELLO);

        engine.execute(new RerunFrom(run.id(), "note", null, false));
        engine.runUntilIdle();

        assertThat(annotations(engine, run)).extracting(RunAnnotation::attempt).containsExactly(1, 2);
    }

    @Test
    void peopleAnnotateFinishedRunsToo() {
        TestEngine engine = TestEngine.with(Flows.line("flow", "a"));
        TestRun run = engine.start("flow", Flows.HELLO);
        AnnotateRun.Item checked = new AnnotateRun.Item("checked", null, "a", null, true);

        assertThat(engine.execute(new AnnotateRun(run.id(), List.of(checked))))
                .isEqualTo(new AnnotateRun.Annotated(1, 0));
        assertThat(engine.execute(new AnnotateRun(run.id(), List.of(checked))))
                .isEqualTo(new AnnotateRun.Annotated(0, 1));

        assertThat(annotations(engine, run)).singleElement().satisfies(kept -> {
            assertThat(kept.type()).isEqualTo("null");
            assertThat(kept.madeBy()).isEqualTo("anonymous");
        });
        assertThat(announced(run)).hasSize(1);
        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void whatCannotBeKeptIsRefused() {
        TestEngine engine = TestEngine.with(Flows.line("flow", "a"));
        TestRun run = engine.start("flow", Flows.HELLO);
        for (AnnotateRun.Item item : List.of(
                new AnnotateRun.Item(" ", null, null, null, null),
                new AnnotateRun.Item("x".repeat(201), null, null, null, null),
                new AnnotateRun.Item("a", IntNode.valueOf(1), null, "", null),
                new AnnotateRun.Item("a", TextNode.valueOf("half \ud83d"), null, null, null),
                new AnnotateRun.Item("a", TextNode.valueOf("x".repeat(65_535)), null, null, null),
                new AnnotateRun.Item("a", IntNode.valueOf(1), "no-such-stage", null, null))) {
            assertThatThrownBy(() -> engine.execute(new AnnotateRun(run.id(), List.of(item))))
                    .isInstanceOf(RefusedException.class);
        }
        assertThatThrownBy(() -> engine.execute(new AnnotateRun(run.id(), List.of())))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> engine.execute(
                        new AnnotateRun(new RunId("none"), List.of(new AnnotateRun.Item("a", null, null, null, null)))))
                .isInstanceOf(RefusedException.class);
        assertThat(annotations(engine, run)).isEmpty();
    }
}
