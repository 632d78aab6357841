package dev.pawl.manifest.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ParallelCommandsTest {
    private static final String COUNTER = """
            entity Counter {
              property required id: string
              property value: number = 0
              command increment() {
                guard self.value < 5000
                mutate value = self.value + 1
                emit Incremented
              }
            }
            store Counter in memory
            event Incremented: "counter.incremented" { result: number }
            """;

    private final RuntimeFixture counters = RuntimeFixture.of(COUNTER);
    private final ExecutorService threads = Executors.newFixedThreadPool(8);

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    @Test
    @Tag("M-12")
    void eightParallelIncrementsLoseNoUpdateInAHundredRounds() throws Exception {
        for (int round = 0; round < 100; round++) {
            String id = "c" + round;
            counters.given("Counter", "{'id':'" + id + "'}");

            List<CommandResult> results = together(8, CommandCall.of("Counter", "increment", id));

            long conflicts =
                    results.stream().filter(result -> !result.success()).count();
            assertThat(counters.stored("Counter", id).get("value").asLong()).isEqualTo(8 - conflicts);
        }
    }

    @Test
    @Tag("M-11")
    @Tag("K-03")
    void fiftyParallelDuplicatesOfOneKeyRunOnce() throws Exception {
        counters.given("Counter", "{'id':'c1'}");

        List<CommandResult> results = together(
                50, CommandCall.of("Counter", "increment", "c1").with(CallOptions.NONE.withIdempotencyKey("key-1")));

        Set<String> answers = new HashSet<>();
        results.forEach(result -> answers.add(result.toJson().toString()));
        assertThat(answers).hasSize(1);
        assertThat(counters.stored("Counter", "c1").get("value").asInt()).isEqualTo(1);
        assertThat(counters.entities().eventLog()).hasSize(1);
    }

    @Test
    @Tag("M-13")
    void overlappingCommandsNeverShareABudget() throws Exception {
        counters.given("Counter", "{'id':'c1'}");
        CommandCall tight = CommandCall.of("Counter", "increment", "c1")
                .with(CallOptions.NONE.withLimits(
                        dev.pawl.manifest.runtime.expression.EvaluationLimits.DEFAULT.withSteps(12)));

        assertThat(together(200, tight)).allMatch(CommandResult::success);
    }

    private List<CommandResult> together(int times, CommandCall call) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Future<CommandResult>> running = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            running.add(threads.submit(() -> {
                start.await();
                return counters.runtime().execute(call);
            }));
        }
        start.countDown();
        List<CommandResult> results = new ArrayList<>();
        for (Future<CommandResult> command : running) {
            results.add(command.get());
        }
        return results;
    }
}
