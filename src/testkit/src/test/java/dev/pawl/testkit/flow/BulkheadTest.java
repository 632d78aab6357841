package dev.pawl.testkit.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.api.Pipeline;
import dev.pawl.api.Retry;
import dev.pawl.api.StageOptions;
import dev.pawl.api.flow.Bulkhead;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R-05")
class BulkheadTest {

    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final List<Integer> calls = Collections.synchronizedList(new ArrayList<>());

    private Pipeline<Order, String> pipeline(Bulkhead bulkhead) {
        return Pipeline.named("report", Order.class)
                .then(new Guarded("render", StageOptions.DEFAULT.with(bulkhead), order -> {
                    calls.add(order.number());
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    end.await();
                    running.decrementAndGet();
                    return "rendered";
                }))
                .build();
    }

    private static List<RunId> started(Servers servers, int server, int count) {
        List<RunId> runs = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            runs.add(servers.start(server, "report", new Order("a", number)));
        }
        return runs;
    }

    private static long with(Servers servers, List<RunId> runs, String code) {
        return runs.stream()
                .map(servers::view)
                .filter(run -> run.error() != null && run.error().code().equals(code))
                .count();
    }

    private static long completed(Servers servers, List<RunId> runs) {
        return runs.stream()
                .filter(run -> servers.view(run).status() == RunStatus.COMPLETED)
                .count();
    }

    @Test
    void aServersBulkheadLetsSomeInSomeWaitAndRefusesTheRest() {
        try (Servers servers = new Servers(pipeline(Bulkhead.of(2, 3)))) {
            List<RunId> runs = started(servers, 0, 8);
            // the second server takes no part: each has a bulkhead of its own
            servers.node(1).worker().close();
            servers.until("the rest to be refused", () -> with(servers, runs, Bulkhead.FULL) == 3);
            end.countDown();
            servers.until("the others to end", () -> servers.isFinished(runs));
            assertThat(completed(servers, runs)).isEqualTo(5);
        }
        assertThat(most).hasValue(2);
        assertThat(calls).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void whoeverWaitsTooLongIsRefused() {
        try (Servers servers = new Servers(pipeline(Bulkhead.of(1, 9).maxWait(Duration.ofMillis(50))))) {
            servers.node(1).worker().close();
            List<RunId> runs = started(servers, 0, 3);
            servers.until("two to be refused", () -> with(servers, runs, Bulkhead.TIMEOUT) == 2);
            end.countDown();
            servers.until("the other to end", () -> servers.isFinished(runs));
            assertThat(completed(servers, runs)).isEqualTo(1);
        }
        assertThat(calls).hasSize(1);
    }

    @Test
    void aSharedBulkheadCountsBothServersAndHoldsNoThread() {
        try (Servers servers = new Servers(pipeline(Bulkhead.of(2, 3).acrossServers()))) {
            List<RunId> runs = started(servers, 0, 8);
            servers.until("the rest to be refused", () -> with(servers, runs, Bulkhead.FULL) == 3);
            assertThat(running).as("calls at work while three wait").hasValue(2);
            end.countDown();
            servers.until("the others to end", () -> servers.isFinished(runs));
            assertThat(completed(servers, runs)).isEqualTo(5);
        }
        assertThat(most).hasValue(2);
        assertThat(calls).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void aCallThatWaitsTooLongInASharedBulkheadIsRefusedByTheClock() {
        Pipeline<Order, String> pipeline = Pipeline.named("report", Order.class)
                .then(new Guarded(
                        "render",
                        StageOptions.retry(Retry.none())
                                .with(Bulkhead.of(1, 5).acrossServers().maxWait(Duration.ofSeconds(10))),
                        order -> "rendered"))
                .build();
        TestEngine engine = TestEngine.with(pipeline)
                .afterCrash(TestEngine.AfterCrash.LEASE_RUNS_OUT)
                .crashBefore("render");
        TestRun first = engine.start("report", new Order("a", 1));
        TestRun second = engine.start("report", new Order("a", 2));
        assertThat(second.view().waiting()).singleElement().satisfies(why -> assertThat(why.until())
                .isEqualTo(engine.clock().now().plusSeconds(10)));
        engine.advance(Duration.ofSeconds(10));
        assertThat(second.error().orElseThrow().code()).isEqualTo(Bulkhead.TIMEOUT);
        assertThat(first.status()).isEqualTo(RunStatus.RUNNING);
    }
}
