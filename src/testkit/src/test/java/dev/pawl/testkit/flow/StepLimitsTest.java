package dev.pawl.testkit.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.api.BranchFailedException;
import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.ParallelOptions;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Promise;
import dev.pawl.api.Retry;
import dev.pawl.api.StageOptions;
import dev.pawl.api.StepOptions;
import dev.pawl.api.TypeRef;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.api.flow.Bulkhead;
import dev.pawl.api.flow.Cache;
import dev.pawl.api.flow.CircuitBreaker;
import dev.pawl.api.flow.Concurrency;
import dev.pawl.api.flow.RateLimit;
import dev.pawl.api.flow.StartPolicies;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.testkit.CrashMatrix;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R-01")
class StepLimitsTest {

    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

    // a list, item by item

    @Workflow("squares")
    static final class Squares implements DurableWorkflow<Integer, List<Integer>> {
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        @Override
        public List<Integer> run(WorkflowContext ctx, Integer count) {
            List<Integer> items = IntStream.range(0, count).boxed().toList();
            return ctx.forEach("square", ParallelOptions.atMost(3), items, item -> c -> {
                c.step("begin", () -> most.accumulateAndGet(running.incrementAndGet(), Math::max));
                c.sleep(Duration.ofSeconds(10 - item));
                return c.step("square", Integer.class, () -> {
                    running.decrementAndGet();
                    return item * item;
                });
            });
        }
    }

    @Test
    void aListIsWorkedOnWithThreeAtATimeAndAnsweredInItsOrder() {
        Squares squares = new Squares();
        TestEngine engine = TestEngine.with(squares);
        TestRun run = engine.start(Squares.class, 8);
        engine.advance(A_MINUTE);
        assertThat(run.output(new TypeRef<List<Integer>>() {})).containsExactly(0, 1, 4, 9, 16, 25, 36, 49);
        assertThat(squares.most).hasValue(3);
    }

    @Workflow("half-broken")
    final class HalfBroken implements DurableWorkflow<Boolean, String> {
        @Override
        public String run(WorkflowContext ctx, Boolean failFast) {
            List<Integer> items = List.of(0, 1, 2, 3);
            List<dev.pawl.api.Branch<Integer>> branches = new ArrayList<>();
            for (int item : items) {
                branches.add(c -> c.step("item-" + item, Integer.class, StepOptions.once(), () -> {
                    calls.add("item " + item);
                    if (item == 1) {
                        throw new IllegalStateException("no item 1");
                    }
                    return item;
                }));
            }
            if (failFast) {
                try {
                    return "all " + ctx.parallel("items", ParallelOptions.atMost(1), branches);
                } catch (BranchFailedException e) {
                    return "failed at " + e.branch();
                }
            }
            List<Promise<Integer>> ended = ctx.collect("items", ParallelOptions.atMost(1), branches);
            return ended.stream()
                    .map(one -> one.failure().isPresent() ? "x" : String.valueOf(one.get()))
                    .toList()
                    .toString();
        }
    }

    @Test
    void aFailureStopsTheRestOrIsCollected() {
        TestEngine engine = TestEngine.with(new HalfBroken());
        assertThat(engine.start(HalfBroken.class, true).output(String.class)).isEqualTo("failed at 1");
        assertThat(calls).containsExactly("item 0", "item 1");
        assertThat(engine.start(HalfBroken.class, false).output(String.class)).isEqualTo("[0, x, 2, 3]");
    }

    // a group of stages

    @Test
    void aGroupHasNoMoreStagesAtWorkThanItAllows() {
        List<Guarded> stages = IntStream.range(0, 5)
                .mapToObj(number -> new Guarded("s" + number, StageOptions.retry(Retry.fixed(2, A_MINUTE)), order -> {
                    calls.add("s" + number);
                    if (Collections.frequency(calls, "s" + number) == 1) {
                        throw new IllegalStateException("once more, please");
                    }
                    return "r" + number;
                }))
                .toList();
        Pipeline<Order, ?> pipeline = Pipeline.named("group", Order.class)
                .parallel(stages.toArray(new Guarded[0]))
                .atMost(2)
                .build();
        TestEngine engine = TestEngine.with(pipeline);
        TestRun run = engine.start("group", new Order("a", 1));
        assertThat(calls).containsExactly("s0", "s1");
        assertThat(run.view().waiting())
                .filteredOn(waiting -> waiting.reason().equals("LIMIT"))
                .hasSize(3);
        engine.advance(A_MINUTE);
        assertThat(calls).containsExactly("s0", "s1", "s0", "s2", "s1", "s3");
        engine.advance(A_MINUTE);
        engine.advance(A_MINUTE);
        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.view().output().toString())
                .isEqualTo("{\"s0\":\"r0\",\"s1\":\"r1\",\"s2\":\"r2\",\"s3\":\"r3\",\"s4\":\"r4\"}");
    }

    // limits of stages and steps

    @Workflow("charge")
    final class Charge implements DurableWorkflow<String, String> {
        @Override
        public String run(WorkflowContext ctx, String customer) {
            return ctx.step(
                    "charge",
                    String.class,
                    StepOptions.under(RateLimit.of(2, A_MINUTE).named("gateway").forKey(customer)),
                    () -> {
                        calls.add(customer);
                        return "charged " + customer;
                    });
        }
    }

    @Test
    @Tag("R-06")
    void aStepWaitsForItsTokenWithoutCountingAnAttempt() {
        TestEngine engine = TestEngine.with(new Charge());
        List<TestRun> runs = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            runs.add(engine.start(Charge.class, "ann"));
        }
        TestRun other = engine.start(Charge.class, "bob");
        assertThat(other.output(String.class)).isEqualTo("charged bob");
        TestRun waiting = runs.get(3);
        assertThat(waiting.status()).isEqualTo(RunStatus.SUSPENDED);
        assertThat(waiting.view().waiting()).singleElement().satisfies(why -> {
            assertThat(why.reason()).isEqualTo("LIMIT");
            assertThat(why.detail()).contains("the limit of 2 in PT1M of 'gateway' for 'ann' is reached");
        });
        assertThat(calls).hasSize(3);
        engine.advance(Duration.ofSeconds(31));
        assertThat(runs.get(2).output(String.class)).isEqualTo("charged ann");
        assertThat(waiting.status()).isEqualTo(RunStatus.SUSPENDED);
        engine.advance(Duration.ofSeconds(31));
        assertThat(waiting.output(String.class)).isEqualTo("charged ann");
        assertThat(waiting.steps()).singleElement().satisfies(step -> assertThat(step.attempt())
                .isEqualTo(1));
        assertThat(waiting.eventTypes()).doesNotContain("step:retrying");
    }

    @Test
    @Tag("R-06")
    void aPermitOfAKilledWorkerIsFreeWhenItsLeaseHasEnded() {
        Pipeline<Order, String> pipeline = Pipeline.named("one", Order.class)
                .then(new Guarded("work", StageOptions.DEFAULT.with(Concurrency.limit(1)), order -> {
                    calls.add("call " + order.number());
                    return "done";
                }))
                .build();
        TestEngine engine = TestEngine.with(pipeline)
                .afterCrash(TestEngine.AfterCrash.LEASE_RUNS_OUT)
                .crashAfter("work");
        TestRun first = engine.start("one", new Order("a", 1));
        TestRun second = engine.start("one", new Order("a", 2));
        assertThat(second.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(second.view().waiting()).singleElement().satisfies(why -> assertThat(why.detail())
                .contains("the limit of 1 at a time of 'one/work' is reached"));
        assertThat(calls).containsExactly("call 1");
        engine.advance(TestEngine.LEASE.plusSeconds(2));
        engine.advance(A_MINUTE);
        assertThat(first.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(second.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(second.attempts("work")).isEqualTo(1);
    }

    @Test
    void twoServersTogetherCallNoMoreThanTheLimit() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch both = new CountDownLatch(2);
        Pipeline<Order, String> pipeline = Pipeline.named("shared", Order.class)
                .then(new Guarded("work", StageOptions.DEFAULT.with(Concurrency.limit(2)), order -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    both.countDown();
                    both.await();
                    running.decrementAndGet();
                    return "done " + order.number();
                }))
                .build();
        try (Servers servers = new Servers(pipeline)) {
            List<RunId> runs = new ArrayList<>();
            for (int number = 0; number < 20; number++) {
                runs.add(servers.start(number, "shared", new Order("a", number)));
            }
            servers.until("all runs to finish", () -> servers.isFinished(runs));
            assertThat(runs).extracting(run -> servers.view(run).status()).containsOnly(RunStatus.COMPLETED);
        }
        assertThat(most).hasValue(2);
    }

    @Workflow("guarded")
    static final class UnderEverything implements DurableWorkflow<String, String> {
        private final Consumer<String> effects;

        UnderEverything(Consumer<String> effects) {
            this.effects = effects;
        }

        @Override
        public StartPolicies startPolicies() {
            return StartPolicies.of(Concurrency.limit(1));
        }

        @Override
        public String run(WorkflowContext ctx, String customer) {
            String price = ctx.step("price", String.class, StepOptions.under(Cache.ttl(Duration.ofHours(1))), step -> {
                effects.accept(step.idempotencyKey());
                return "price";
            });
            return ctx.step(
                    "charge",
                    String.class,
                    StepOptions.under(
                            Concurrency.limit(1),
                            RateLimit.of(100, A_MINUTE),
                            Bulkhead.of(1, 5).acrossServers().named("till"),
                            CircuitBreaker.of("bank", 9, A_MINUTE, A_MINUTE)),
                    step -> {
                        effects.accept(step.idempotencyKey());
                        return price + " charged";
                    });
        }
    }

    @Test
    @Tag("R-02")
    void whereverTheServerDiesLimitsLetTheRunsGoOn() {
        CrashMatrix.of(trial -> {
                    TestEngine engine = trial.engine(TestEngine.with(
                            new UnderEverything(key -> trial.effects().happen("call", key))));
                    TestRun first = engine.start(UnderEverything.class, "ann");
                    TestRun second = engine.start(UnderEverything.class, "ann");
                    engine.advance(Duration.ofMinutes(10));
                    assertThat(first.output(String.class)).isEqualTo("price charged");
                    assertThat(second.output(String.class)).isEqualTo("price charged");
                })
                .verify();
    }
}
