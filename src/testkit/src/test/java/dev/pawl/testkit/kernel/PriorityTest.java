package dev.pawl.testkit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.api.Retry;
import dev.pawl.engine.work.WorkerSettings;
import dev.pawl.testkit.TestEngine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("K-02")
class PriorityTest {

    private static final WorkerSettings ONE_PLACE = new WorkerSettings(1, Duration.ofSeconds(30), 1, 1);

    private final List<Integer> started = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private final TextStage note = TextStage.of("note", (context, input) -> {
        started.add(context.run().priority());
        ids.add(context.run().id());
        return input;
    });

    @Test
    void oneWorkerStartsHigherPrioritiesFirst() {
        TestEngine engine = TestEngine.with(Flows.line("flow", note)).workerSettings(ONE_PLACE);
        for (int priority : new int[] {1, 9, 5, 0, 9, 3}) {
            engine.submit(Flows.create("flow", priority));
        }

        engine.runUntilIdle();

        assertThat(started).containsExactly(9, 9, 5, 3, 1, 0);
    }

    @Test
    void insideOnePriorityTheFirstCreatedIsFirst() {
        TestEngine engine = TestEngine.with(Flows.line("flow", note)).workerSettings(ONE_PLACE);
        List<String> created = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            created.add(engine.submit(Flows.create("flow")).id().value());
            engine.clock().advance(Duration.ofMillis(1));
        }

        engine.runUntilIdle();

        assertThat(ids).containsExactlyElementsOf(created);
    }

    @Test
    void dueStepsOfRunningRunsGoByPriorityToo() {
        TestEngine engine = TestEngine.with(Flows.line("flow", note.with(Retry.fixed(2, Duration.ofSeconds(1)))))
                .workerSettings(ONE_PLACE)
                .failStage("note", 4, new IOException("the first time"));
        for (int priority : new int[] {2, 8, 4, 6}) {
            engine.submit(Flows.create("flow", priority));
        }
        engine.runUntilIdle();
        assertThat(started).isEmpty();

        engine.advance(Duration.ofSeconds(1));

        assertThat(started).containsExactly(8, 6, 4, 2);
    }
}
