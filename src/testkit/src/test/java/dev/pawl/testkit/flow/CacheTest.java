package dev.pawl.testkit.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Retry;
import dev.pawl.api.StageOptions;
import dev.pawl.api.StepOptions;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.api.flow.Cache;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R-02")
class CacheTest {

    private static final Duration TTL = Duration.ofMinutes(10);

    private final AtomicInteger computed = new AtomicInteger();

    private Pipeline<Order, String> pricing(StageOptions options) {
        return Pipeline.named("pricing", Order.class)
                .then(new Guarded("price", options, order -> "price " + computed.incrementAndGet()))
                .build();
    }

    @Test
    void theSameInputIsComputedOnceUntilItsTimeIsUp() {
        TestEngine engine = TestEngine.with(pricing(StageOptions.DEFAULT.with(Cache.ttl(TTL))));
        Map<String, Object> reordered = new LinkedHashMap<>();
        reordered.put("number", 1);
        reordered.put("customer", "ann");
        assertThat(engine.start("pricing", new Order("ann", 1)).output(String.class))
                .isEqualTo("price 1");
        assertThat(engine.start("pricing", reordered).output(String.class)).isEqualTo("price 1");
        assertThat(engine.start("pricing", new Order("ann", 2)).output(String.class))
                .isEqualTo("price 2");
        engine.advance(TTL);
        assertThat(engine.start("pricing", new Order("ann", 1)).output(String.class))
                .isEqualTo("price 3");
        engine.node().limits().sweep();
    }

    @Test
    void aFailureIsNotKept() {
        TestEngine engine = TestEngine.with(
                        pricing(StageOptions.retry(Retry.none()).with(Cache.ttl(TTL))))
                .failStage("price", 1, new IllegalStateException("no prices today"));
        assertThat(engine.start("pricing", new Order("ann", 1)).status()).isEqualTo(RunStatus.FAILED);
        assertThat(engine.start("pricing", new Order("ann", 1)).output(String.class))
                .isEqualTo("price 1");
    }

    @Workflow("quote")
    final class Quote implements DurableWorkflow<Order, String> {
        @Override
        public String run(WorkflowContext ctx, Order order) {
            String price = ctx.step(
                    "price",
                    String.class,
                    StepOptions.under(Cache.ttl(TTL).named("prices").forInput(order.number())),
                    () -> "price " + computed.incrementAndGet());
            return order.customer() + ": " + price;
        }
    }

    @Test
    void aStepOfDurableCodeIsCachedByWhatItNames() {
        TestEngine engine = TestEngine.with(new Quote());
        assertThat(engine.start(Quote.class, new Order("ann", 1)).output(String.class))
                .isEqualTo("ann: price 1");
        TestRun second = engine.start(Quote.class, new Order("bob", 1));
        assertThat(second.output(String.class)).isEqualTo("bob: price 1");
        assertThat(second.steps()).singleElement().satisfies(step -> assertThat(step.attempt())
                .as("nothing was attempted")
                .isZero());
    }

    @Test
    void aComputationWhoseServerDiesIsTakenOver() {
        TestEngine engine = TestEngine.with(pricing(StageOptions.DEFAULT.with(Cache.ttl(TTL))))
                .afterCrash(TestEngine.AfterCrash.LEASE_RUNS_OUT)
                .crashBefore("price");
        TestRun first = engine.start("pricing", new Order("ann", 1));
        TestRun second = engine.start("pricing", new Order("ann", 1));
        assertThat(second.view().waiting()).singleElement().satisfies(why -> assertThat(why.detail())
                .contains("another run computes the same"));
        engine.advance(TestEngine.LEASE.plusSeconds(2));
        engine.advance(Duration.ofMinutes(1));
        assertThat(List.of(first.output(String.class), second.output(String.class)))
                .containsExactly("price 1", "price 1");
    }

    @Test
    void twoServersComputeTheSameOnce() throws Exception {
        CountDownLatch others = new CountDownLatch(1);
        Pipeline<Order, String> slow = Pipeline.named("slow", Order.class)
                .then(new Guarded("price", StageOptions.DEFAULT.with(Cache.ttl(TTL)), order -> {
                    others.await();
                    return "price " + computed.incrementAndGet();
                }))
                .build();
        try (Servers servers = new Servers(slow)) {
            List<RunId> runs = new ArrayList<>();
            for (int number = 0; number < 30; number++) {
                runs.add(servers.start(number, "slow", JsonCodec.toTree(new Order("ann", 1))));
            }
            servers.until(
                    "the others to wait",
                    () -> runs.stream()
                                    .filter(run -> servers.view(run).waiting().stream()
                                            .anyMatch(why -> why.reason().equals("LIMIT")))
                                    .count()
                            == 29);
            others.countDown();
            servers.until("all runs to finish", () -> servers.isFinished(runs));
            assertThat(runs)
                    .extracting(run -> servers.view(run).output().asText())
                    .containsOnly("price 1");
        }
        assertThat(computed).hasValue(1);
    }
}
