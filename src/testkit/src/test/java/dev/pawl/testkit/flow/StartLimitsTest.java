package dev.pawl.testkit.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.api.Pipeline;
import dev.pawl.api.Retry;
import dev.pawl.api.StageOptions;
import dev.pawl.api.flow.Concurrency;
import dev.pawl.api.flow.Fairness;
import dev.pawl.api.flow.RateLimit;
import dev.pawl.api.flow.StartPolicy;
import dev.pawl.engine.command.CreateRun;
import dev.pawl.engine.command.RerunFrom;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.engine.query.RunView;
import dev.pawl.engine.work.WorkerSettings;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R-06")
class StartLimitsTest {

    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final List<String> started = Collections.synchronizedList(new ArrayList<>());

    private Pipeline<Order, String> pipeline(StageOptions options, Guarded.Body body, StartPolicy... policies) {
        return Pipeline.named("orders", Order.class)
                .startedUnder(policies)
                .then(new Guarded("work", options, order -> {
                    started.add(order.customer() + order.number());
                    return body.call(order);
                }))
                .build();
    }

    /** Runs that take until the test says so: each waits for its second attempt. */
    private Pipeline<Order, String> lasting(StartPolicy... policies) {
        Map<Order, Boolean> seen = new ConcurrentHashMap<>();
        return pipeline(
                StageOptions.retry(Retry.fixed(2, A_MINUTE)),
                order -> {
                    if (seen.putIfAbsent(order, true) == null) {
                        throw new IllegalStateException("once more, please");
                    }
                    return "done";
                },
                policies);
    }

    private static List<RunStatus> statuses(List<TestRun> runs) {
        return runs.stream().map(TestRun::status).toList();
    }

    @Test
    void noMoreThanTheLimitRunPerKeyAndTheOthersSayWhyTheyWait() {
        TestEngine engine = TestEngine.with(lasting(Concurrency.perKey("/customer", 1)));
        TestRun first = engine.start("orders", new Order("ann", 1));
        TestRun second = engine.start("orders", new Order("ann", 2));
        TestRun other = engine.start("orders", new Order("bob", 1));

        assertThat(statuses(List.of(first, second, other)))
                .containsExactly(RunStatus.RUNNING, RunStatus.PENDING, RunStatus.RUNNING);
        assertThat(second.view().waiting()).singleElement().satisfies(waiting -> {
            assertThat(waiting.reason()).isEqualTo("LIMIT");
            assertThat(waiting.detail())
                    .isEqualTo("Waits because the limit at most 1 at a time with /customer = ann is reached");
        });
        engine.advance(A_MINUTE);
        assertThat(statuses(List.of(first, second))).containsExactly(RunStatus.COMPLETED, RunStatus.RUNNING);
        engine.advance(A_MINUTE);
        assertThat(second.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(started).containsExactly("ann1", "bob1", "ann1", "bob1", "ann2", "ann2");
    }

    @Test
    void aRunThatFailsOrIsCancelledGivesItsPlaceBack() {
        TestEngine engine = TestEngine.with(lasting(Concurrency.limit(1)));
        TestRun first = engine.start("orders", new Order("a", 1));
        TestRun second = engine.start("orders", new Order("a", 2));
        TestRun third = engine.start("orders", new Order("a", 3));
        second.cancel("not needed");
        first.cancel("stop");
        assertThat(statuses(List.of(first, second, third)))
                .containsExactly(RunStatus.CANCELLED, RunStatus.CANCELLED, RunStatus.RUNNING);
        engine.failStage("work", 1, new dev.pawl.api.NonRetryableException("BROKEN", "it is"));
        TestRun fourth = engine.start("orders", new Order("a", 4));
        engine.advance(A_MINUTE);
        assertThat(third.status()).isEqualTo(RunStatus.FAILED);
        assertThat(fourth.status()).isEqualTo(RunStatus.RUNNING);
    }

    @Test
    void aKilledWorkersRunKeepsItsPlaceUntilItHasEndedElsewhere() {
        TestEngine engine = TestEngine.with(pipeline(StageOptions.DEFAULT, order -> "done", Concurrency.limit(1)))
                .afterCrash(TestEngine.AfterCrash.LEASE_RUNS_OUT)
                .crashAfter("work");
        TestRun first = engine.start("orders", new Order("a", 1));
        TestRun second = engine.start("orders", new Order("a", 2));
        assertThat(statuses(List.of(first, second))).containsExactly(RunStatus.RUNNING, RunStatus.PENDING);
        engine.advance(TestEngine.LEASE.plusSeconds(1));
        assertThat(statuses(List.of(first, second))).containsExactly(RunStatus.COMPLETED, RunStatus.COMPLETED);
        assertThat(started).containsExactly("a1", "a1", "a2");
    }

    @Test
    void aPausedRunKeepsItsPlaceInTheLaneAndARerunTakesItsPlaceAgain() {
        TestEngine engine = TestEngine.with(lasting(Concurrency.limit(1)));
        TestRun first = engine.start("orders", new Order("a", 1));
        TestRun second = engine.submit(CreateRun.of("orders", JsonCodec.toTree(new Order("a", 2))));
        second.pause();
        engine.advance(A_MINUTE);
        assertThat(statuses(List.of(first, second))).containsExactly(RunStatus.COMPLETED, RunStatus.PENDING);
        second.resume();
        assertThat(second.status()).isEqualTo(RunStatus.RUNNING);
        engine.advance(A_MINUTE);
        engine.execute(new RerunFrom(second.id(), "work", null, false));
        engine.failStage("work", 1, new IllegalStateException("again"));
        engine.runUntilIdle();
        TestRun third = engine.start("orders", new Order("a", 3));
        assertThat(statuses(List.of(second, third))).containsExactly(RunStatus.RUNNING, RunStatus.PENDING);
        engine.advance(A_MINUTE);
        assertThat(statuses(List.of(second, third))).containsExactly(RunStatus.COMPLETED, RunStatus.RUNNING);
    }

    @Test
    void tokensComeEvenlyAfterTheBurst() {
        TestEngine engine = TestEngine.with(pipeline(
                StageOptions.DEFAULT, order -> "done", RateLimit.of(6, A_MINUTE).burst(2)));
        List<TestRun> runs = new ArrayList<>();
        for (int number = 1; number <= 5; number++) {
            runs.add(engine.start("orders", new Order("a", number)));
        }
        assertThat(started).containsExactly("a1", "a2");
        engine.advance(Duration.ofSeconds(9));
        assertThat(started).hasSize(2);
        engine.advance(Duration.ofSeconds(2));
        assertThat(started).containsExactly("a1", "a2", "a3");
        engine.advance(Duration.ofSeconds(20));
        assertThat(statuses(runs)).containsOnly(RunStatus.COMPLETED);
    }

    @Test
    void eachKeyHasABucketOfItsOwnUnderTheOneOfAll() {
        TestEngine engine = TestEngine.with(pipeline(
                StageOptions.DEFAULT,
                order -> "done",
                RateLimit.of(3, A_MINUTE),
                RateLimit.of(1, A_MINUTE).perKey("/customer")));
        for (String customer : List.of("a", "a", "b", "c", "d")) {
            engine.start("orders", new Order(customer, started.size()));
        }
        assertThat(started).containsExactly("a0", "b1", "c2");
        engine.advance(Duration.ofSeconds(21));
        assertThat(started).containsExactly("a0", "b1", "c2", "d3");
        engine.advance(Duration.ofSeconds(60));
        assertThat(started).hasSize(5);
    }

    @Test
    void aNoisyKeyStarvesNobody() {
        TestEngine engine = TestEngine.with(
                        pipeline(StageOptions.DEFAULT, order -> "done", Fairness.byKey("/customer")))
                .workerSettings(new WorkerSettings(1, TestEngine.LEASE, 1, 1));
        for (int number = 0; number < 200; number++) {
            engine.submit(CreateRun.of("orders", JsonCodec.toTree(new Order("noisy", number))));
        }
        engine.node().limits().look();
        for (int number = 0; number < 5; number++) {
            engine.submit(CreateRun.of("orders", JsonCodec.toTree(new Order("quiet", number))));
        }
        engine.runUntilIdle();
        assertThat(started).hasSize(205);
        int lastQuiet = started.lastIndexOf("quiet4");
        assertThat(lastQuiet).as("place of the last of the quiet key").isLessThan(2 * 32);
        assertThat(started.stream().filter(name -> name.startsWith("quiet")))
                .containsExactly("quiet0", "quiet1", "quiet2", "quiet3", "quiet4");
    }

    @Test
    void twoServersTogetherKeepToTheLimit() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Pipeline<Order, String> counted = pipeline(
                StageOptions.DEFAULT,
                order -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    Thread.yield();
                    running.decrementAndGet();
                    return "done";
                },
                Concurrency.limit(3),
                Concurrency.perKey("/customer", 1));
        try (Servers servers = new Servers(counted)) {
            List<RunId> runs = new ArrayList<>();
            for (int number = 0; number < 60; number++) {
                runs.add(servers.start(number, "orders", new Order("c" + number % 5, number)));
            }
            servers.until("all runs to finish", () -> servers.isFinished(runs));
            assertThat(runs).extracting(run -> servers.view(run).status()).containsOnly(RunStatus.COMPLETED);
        }
        assertThat(started).hasSize(60).doesNotHaveDuplicates();
        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void aRunWithoutPoliciesHasNoTicket() {
        TestEngine engine = TestEngine.with(pipeline(StageOptions.DEFAULT, order -> "done"));
        RunView view = engine.start("orders", new Order("a", 1)).view();
        assertThat(view.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(view.version()).as("created, claimed, completed").isEqualTo(3);
        assertThat(engine.database().limits().find(view.id())).isEmpty();
    }
}
