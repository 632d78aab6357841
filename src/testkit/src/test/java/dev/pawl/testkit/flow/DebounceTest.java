package dev.pawl.testkit.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.api.Pipeline;
import dev.pawl.api.StageOptions;
import dev.pawl.api.flow.Debounce;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R-03")
class DebounceTest {

    private static final Duration QUIET = Duration.ofSeconds(10);

    private static Pipeline<Order, String> pipeline(Debounce debounce) {
        return Pipeline.named("reindex", Order.class)
                .startedUnder(debounce)
                .then(new Guarded("work", StageOptions.DEFAULT, order -> "order " + order.number()))
                .build();
    }

    @Test
    void theLastStartWinsAndAllAreAnsweredWithTheOneRun() {
        TestEngine engine = TestEngine.with(pipeline(Debounce.of(QUIET, "/customer")));
        TestRun first = engine.start("reindex", new Order("a", 1));
        engine.advance(Duration.ofSeconds(6));
        TestRun second = engine.start("reindex", new Order("a", 2));
        TestRun other = engine.start("reindex", new Order("b", 9));
        engine.advance(Duration.ofSeconds(6));
        TestRun third = engine.start("reindex", new Order("a", 3));

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(third.id()).isEqualTo(first.id());
        assertThat(other.id()).isNotEqualTo(first.id());
        assertThat(first.status()).isEqualTo(RunStatus.PENDING);
        assertThat(first.view().waiting()).singleElement().satisfies(waiting -> {
            assertThat(waiting.reason()).isEqualTo("DEBOUNCE");
            assertThat(waiting.until()).isEqualTo(engine.clock().now().plus(QUIET));
        });
        engine.advance(QUIET);
        assertThat(first.output(String.class)).isEqualTo("order 3");
        assertThat(other.output(String.class)).isEqualTo("order 9");
        assertThat(first.eventTypes())
                .containsSubsequence(
                        "workflow:created", "workflow:debounced", "workflow:debounced", "workflow:started");
    }

    @Test
    void whatComesAfterTheRunHasBegunIsAnotherRun() {
        TestEngine engine = TestEngine.with(pipeline(Debounce.of(QUIET)));
        TestRun first = engine.start("reindex", new Order("a", 1));
        engine.advance(QUIET);
        TestRun second = engine.start("reindex", new Order("b", 2));
        assertThat(second.id()).isNotEqualTo(first.id());
        engine.advance(QUIET);
        assertThat(second.output(String.class)).isEqualTo("order 2");
    }

    @Test
    void startsThatNeverEndAreHeldNoLongerThanAllowed() {
        TestEngine engine =
                TestEngine.with(pipeline(Debounce.of(QUIET, "/customer").atMost(Duration.ofSeconds(25))));
        TestRun first = engine.start("reindex", new Order("a", 0));
        for (int number = 1; number <= 4; number++) {
            engine.advance(Duration.ofSeconds(5));
            engine.start("reindex", new Order("a", number));
        }
        engine.advance(Duration.ofSeconds(5));
        assertThat(first.output(String.class)).isEqualTo("order 4");
    }

    @Test
    void aCancelledRunGathersNothingMore() {
        TestEngine engine = TestEngine.with(pipeline(Debounce.of(QUIET)));
        TestRun first = engine.start("reindex", new Order("a", 1));
        first.cancel("no");
        TestRun second = engine.start("reindex", new Order("a", 2));
        assertThat(second.id()).isNotEqualTo(first.id());
        engine.advance(QUIET);
        assertThat(second.status()).isEqualTo(RunStatus.COMPLETED);
    }

    @Test
    void aHundredStartsAtTwoServersAreOneRun() throws Exception {
        try (Servers servers = new Servers(pipeline(Debounce.of(QUIET, "/customer")))) {
            ExecutorService callers = Executors.newFixedThreadPool(8);
            List<Future<RunId>> answers = new ArrayList<>();
            for (int number = 0; number < 100; number++) {
                int own = number;
                answers.add(callers.submit(() -> servers.start(own, "reindex", new Order("a", own))));
            }
            Set<RunId> runs = new HashSet<>();
            for (Future<RunId> answer : answers) {
                runs.add(answer.get());
            }
            callers.shutdown();
            RunId last = servers.start(1, "reindex", new Order("a", 100));
            runs.add(last);
            assertThat(runs).hasSize(1);
            servers.clock.set(servers.clock.now().plus(QUIET));
            servers.until("the run to finish", () -> servers.isFinished(List.of(last)));
            assertThat(servers.view(last).output().asText()).isEqualTo("order 100");
        }
    }
}
