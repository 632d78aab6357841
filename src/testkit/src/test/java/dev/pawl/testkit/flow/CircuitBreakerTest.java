package dev.pawl.testkit.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Retry;
import dev.pawl.api.StageOptions;
import dev.pawl.api.StepFailedException;
import dev.pawl.api.StepOptions;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.api.flow.CircuitBreaker;
import dev.pawl.engine.command.ReadBreakers;
import dev.pawl.engine.model.RunId;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R-04")
class CircuitBreakerTest {

    private static final Duration WITHIN = Duration.ofMinutes(1);
    private static final Duration OPEN_FOR = Duration.ofSeconds(30);
    private static final CircuitBreaker BREAKER = CircuitBreaker.of("gateway", 3, WITHIN, OPEN_FOR);

    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicBoolean isBroken = new AtomicBoolean();

    private Pipeline<Order, String> paying(CircuitBreaker breaker) {
        StageOptions options = StageOptions.retry(Retry.none()).with(breaker);
        return Pipeline.named("pay", Order.class)
                .then(new Guarded("charge", options, order -> {
                    calls.incrementAndGet();
                    if (isBroken.get()) {
                        throw new IllegalStateException("gateway is down");
                    }
                    return "paid";
                }))
                .build();
    }

    private static String code(TestRun run) {
        return run.error().orElseThrow().code();
    }

    @Test
    void itOpensAtItsThresholdFailsFastProbesAndCloses() {
        TestEngine engine = TestEngine.with(paying(BREAKER));
        isBroken.set(true);
        for (int failure = 0; failure < 3; failure++) {
            assertThat(code(engine.start("pay", new Order("a", failure)))).isEqualTo("STAGE_FAILED");
        }
        assertThat(code(engine.start("pay", new Order("a", 4)))).isEqualTo(CircuitBreaker.OPEN);
        assertThat(calls).as("the fourth was not called").hasValue(3);

        engine.advance(OPEN_FOR);
        assertThat(code(engine.start("pay", new Order("a", 5)))).as("a probe").isEqualTo("STAGE_FAILED");
        assertThat(code(engine.start("pay", new Order("a", 6))))
                .as("open again")
                .isEqualTo(CircuitBreaker.OPEN);
        assertThat(calls).hasValue(4);

        isBroken.set(false);
        engine.advance(OPEN_FOR);
        assertThat(engine.start("pay", new Order("a", 7)).output(String.class)).isEqualTo("paid");
        assertThat(engine.start("pay", new Order("a", 8)).output(String.class)).isEqualTo("paid");
        assertThat(engine.execute(new ReadBreakers()).byName()).isEmpty();
    }

    @Test
    void failuresFarApartOpenNothing() {
        TestEngine engine = TestEngine.with(paying(BREAKER));
        isBroken.set(true);
        for (int failure = 0; failure < 5; failure++) {
            assertThat(code(engine.start("pay", new Order("a", failure)))).isEqualTo("STAGE_FAILED");
            engine.advance(WITHIN.dividedBy(2));
        }
    }

    @Test
    void moreThanOneProbeMayBeNeeded() {
        TestEngine engine = TestEngine.with(paying(BREAKER.probes(2)));
        isBroken.set(true);
        for (int failure = 0; failure < 3; failure++) {
            engine.start("pay", new Order("a", failure));
        }
        isBroken.set(false);
        engine.advance(OPEN_FOR);
        assertThat(engine.start("pay", new Order("a", 4)).output(String.class)).isEqualTo("paid");
        assertThat(engine.execute(new ReadBreakers()).byName()).containsOnlyKeys("gateway");
        assertThat(engine.start("pay", new Order("a", 5)).output(String.class)).isEqualTo("paid");
        assertThat(engine.execute(new ReadBreakers()).byName()).isEmpty();
    }

    @Test
    void aCallMayWaitForItInsteadOfFailing() {
        TestEngine engine = TestEngine.with(paying(BREAKER.waiting()));
        isBroken.set(true);
        for (int failure = 0; failure < 3; failure++) {
            engine.start("pay", new Order("a", failure));
        }
        TestRun waiting = engine.start("pay", new Order("a", 4));
        assertThat(waiting.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(waiting.view().waiting()).singleElement().satisfies(why -> {
            assertThat(why.reason()).isEqualTo(CircuitBreaker.OPEN);
            assertThat(why.until()).isEqualTo(engine.clock().now().plus(OPEN_FOR));
        });
        isBroken.set(false);
        engine.advance(OPEN_FOR);
        assertThat(waiting.output(String.class)).isEqualTo("paid");
        assertThat(waiting.attempts("charge")).isEqualTo(1);
    }

    @Test
    void faultsOfTheCallerDoNotCount() {
        TestEngine engine = TestEngine.with(paying(BREAKER.ignoring(IllegalStateException.class)));
        isBroken.set(true);
        for (int failure = 0; failure < 5; failure++) {
            assertThat(code(engine.start("pay", new Order("a", failure)))).isEqualTo("STAGE_FAILED");
        }
    }

    @Workflow("pay-or-invoice")
    final class PayOrInvoice implements DurableWorkflow<Integer, String> {
        @Override
        public String run(WorkflowContext ctx, Integer number) {
            try {
                return ctx.step(
                        "charge",
                        String.class,
                        StepOptions.retry(Retry.fixed(5, Duration.ofSeconds(1))).with(BREAKER),
                        () -> {
                            calls.incrementAndGet();
                            throw new IllegalStateException("gateway is down");
                        });
            } catch (StepFailedException e) {
                return e.code() + " after " + e.attempts() + ": invoice";
            }
        }
    }

    @Test
    void durableCodeCatchesTheFastFailureAndFallsBack() {
        TestEngine engine = TestEngine.with(new PayOrInvoice());
        TestRun run = engine.start(PayOrInvoice.class, 1);
        engine.advance(Duration.ofSeconds(10));
        assertThat(run.output(String.class)).isEqualTo("CIRCUIT_OPEN after 3: invoice");
        assertThat(calls).hasValue(3);
        TestRun next = engine.start(PayOrInvoice.class, 2);
        assertThat(next.output(String.class)).isEqualTo("CIRCUIT_OPEN after 0: invoice");
    }

    @Test
    void twoServersCountTogetherAndLearnFromEachOther() {
        AtomicInteger reads = new AtomicInteger();
        try (Servers servers = new Servers(paying(BREAKER))) {
            isBroken.set(true);
            List<RunId> runs = new ArrayList<>();
            for (int failure = 0; failure < 3; failure++) {
                RunId run = servers.start(failure, "pay", new Order("a", failure));
                runs.add(run);
                servers.until("the run to fail", () -> servers.isFinished(List.of(run)));
            }
            servers.clock.set(servers.clock.now().plusSeconds(2));
            for (int fast = 0; fast < 6; fast++) {
                RunId run = servers.start(fast, "pay", new Order("a", fast));
                servers.until("the run to fail", () -> servers.isFinished(List.of(run)));
                assertThat(servers.view(run).error().code()).isEqualTo(CircuitBreaker.OPEN);
                reads.incrementAndGet();
            }
        }
        assertThat(calls).hasValue(3);
        assertThat(reads).hasValue(6);
    }
}
