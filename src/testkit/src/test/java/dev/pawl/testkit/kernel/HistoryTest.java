package dev.pawl.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.command.Caller;
import dev.pawl.engine.command.Envelope;
import dev.pawl.engine.query.EventView;
import dev.pawl.testkit.InMemoryEventSink.Published;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("K-22")
@Tag("K-26")
class HistoryTest {

    private final TestEngine engine = TestEngine.with(
            Flows.line("flow", "a", "b"), Flows.group("pair", TextStage.append("a"), TextStage.append("b")));

    @Test
    void aRunTellsItsLifeInOrder() {
        TestRun run = engine.start("flow", Flows.HELLO);

        assertThat(run.eventTypes())
                .containsExactly(
                        "workflow:created",
                        "workflow:started",
                        "stage:started",
                        "stage:completed",
                        "stage:started",
                        "stage:completed",
                        "workflow:completed");
        assertThat(run.events())
                .extracting(event -> event.payload().path("stage").asText())
                .containsExactly("", "", "a", "a", "b", "b", "");
    }

    @Test
    void sequencesHaveNoGapsAcrossRetriesCrashesAndPauses() {
        engine.failStage("a", 1, new IOException("no")).crashAfter("a").crashBefore("b");
        TestRun run = engine.start("flow", Flows.HELLO);
        run.pause();
        run.resume();

        engine.advance(Duration.ofMinutes(1));

        List<EventView> events = run.events();
        assertThat(events)
                .extracting(EventView::sequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, events.size()).boxed().toList());
        assertThat(run.eventTypes()).filteredOn(HistoryTest::isTerminal).containsExactly("workflow:completed");
        assertThat(run.eventTypes()).last().isEqualTo("workflow:completed");
    }

    @Test
    void allThatOneCommandCausesHasOneCausationId() {
        TestRun run = engine.start("pair", Flows.HELLO);

        List<EventView> events = run.events();
        // created; taken together: started and both stages; then one report each, the last of which ends the run
        assertThat(events).hasSize(7);
        assertThat(causes(events.subList(1, 4))).hasSize(1);
        assertThat(causes(events.subList(5, 7))).hasSize(1);
        assertThat(causes(events)).hasSize(4);
    }

    @Test
    void aGivenCausationIdIsRecorded() {
        var envelope = new Envelope<>(
                Flows.create("flow"), Caller.ANONYMOUS, Optional.empty(), Optional.of("order-created-7"));

        var id = engine.node().commands().execute(envelope).orThrow().runId();

        assertThat(engine.database().queries().events(id, 0, 10).items())
                .extracting(EventView::causationId)
                .containsExactly("order-created-7");
    }

    @Test
    void whatIsRecordedIsPublishedInTheSameOrder() {
        TestRun run = engine.failStage("b", 1, new IOException("no")).start("flow", Flows.HELLO);
        engine.advance(Duration.ofSeconds(2));

        assertThat(engine.published())
                .extracting(published -> published.event().sequence())
                .containsExactlyElementsOf(
                        run.events().stream().map(EventView::sequence).toList());
        assertThat(engine.published())
                .extracting(Published::correlationId)
                .containsOnly(run.id().value());
    }

    @Test
    void everyEndHasExactlyOneTerminalEvent() {
        TestRun completed = engine.start("flow", Flows.HELLO);
        TestRun failed = engine.failStage("a", 3, new IOException("no")).start("flow", Flows.HELLO);
        engine.advance(Duration.ofMinutes(1));
        TestRun cancelled = engine.submit(Flows.create("flow"));
        cancelled.cancel("no");
        cancelled.cancel("no");

        assertThat(completed.eventTypes()).filteredOn(HistoryTest::isTerminal).containsExactly("workflow:completed");
        assertThat(failed.eventTypes()).filteredOn(HistoryTest::isTerminal).containsExactly("workflow:failed");
        assertThat(cancelled.eventTypes()).filteredOn(HistoryTest::isTerminal).containsExactly("workflow:cancelled");
    }

    @Test
    @Tag("K-27")
    void everyTransactionThatChangesARunRaisesItsVersionByOne() {
        TestRun run = engine.submit(Flows.create("flow"));
        assertThat(run.view().version()).isEqualTo(1);

        engine.runUntilIdle();

        // taken, reported with the next step taken, reported
        assertThat(run.view().version()).isEqualTo(4);
    }

    static boolean isTerminal(String type) {
        return List.of("workflow:completed", "workflow:failed", "workflow:cancelled")
                .contains(type);
    }

    private static List<String> causes(List<EventView> events) {
        return events.stream().map(EventView::causationId).distinct().toList();
    }
}
