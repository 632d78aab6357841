package dev.pawl.samples.fulfilment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.engine.model.RunStatus;
import dev.pawl.samples.fulfilment.OrderFulfilment.Delivery;
import dev.pawl.samples.fulfilment.OrderFulfilment.Order;
import dev.pawl.samples.fulfilment.OrderFulfilment.Outcome;
import dev.pawl.testkit.CrashMatrix;
import dev.pawl.testkit.SideEffects;
import dev.pawl.testkit.TestEngine;
import dev.pawl.testkit.TestRun;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("W-02")
@Tag("J-10")
class OrderFulfilmentTest {

    private final TestEngine engine = TestEngine.with(new OrderFulfilment());

    private static void deliver(TestEngine engine, int quantity) {
        engine.publish(OrderFulfilment.GOODS_CAME, "lamp", new Delivery(quantity));
    }

    @Test
    void whatIsOnTheShelfIsShippedAtOnce() {
        TestRun run = engine.start(OrderFulfilment.class, new Order("o-1", "lamp", 10));

        assertThat(run.output(Outcome.class)).isEqualTo(new Outcome("parcel-o-1"));
        assertThat(run.eventTypes()).contains("event:emitted").doesNotContain("wait:started");
    }

    @Test
    void whatIsMissingIsWaitedFor() {
        TestRun run = engine.start(OrderFulfilment.class, new Order("o-1", "lamp", 15));
        assertThat(run.query("missing", Integer.class)).contains(5);
        engine.advance(Duration.ofDays(13));
        deliver(engine, 3);
        assertThat(run.query("missing", Integer.class)).contains(2);
        engine.advance(Duration.ofDays(13));
        assertThat(run.status()).isEqualTo(RunStatus.SUSPENDED);
        deliver(engine, 2);

        assertThat(run.output(Outcome.class).parcel()).isEqualTo("parcel-o-1");
        assertThat(run.executions("reserve")).isEqualTo(1);
    }

    @Test
    void twoWeeksWithoutGoodsEndTheOrder() {
        TestRun run = engine.start(OrderFulfilment.class, new Order("o-1", "lamp", 15));
        engine.advance(OrderFulfilment.PATIENCE);

        assertThat(run.output(Outcome.class)).isEqualTo(new Outcome(null));
        assertThat(run.executions("release")).isEqualTo(1);
        assertThat(run.executions("ship")).isZero();
    }

    /** Has nothing on the shelf and notes what it does. */
    private record WatchedWarehouse(SideEffects effects) implements Warehouse {
        @Override
        public int reserve(Order order, String key) {
            effects.happen("reserve", key);
            return order.quantity();
        }

        @Override
        public void release(Order order, String key) {
            effects.happen("release", key);
        }

        @Override
        public String ship(Order order, String key) {
            effects.happen("ship", key);
            return "p";
        }
    }

    @Test
    void whereverTheServerDiesTheGoodsAreShippedUnderOneKeyAndToldOfOnce() {
        CrashMatrix.of(trial -> {
                    TestEngine dying =
                            trial.engine(TestEngine.with(new OrderFulfilment(new WatchedWarehouse(trial.effects()))));
                    TestRun run = dying.start(OrderFulfilment.class, new Order("o-1", "lamp", 2));
                    deliver(dying, 1);
                    deliver(dying, 1);
                    assertThat(run.output(Outcome.class).parcel()).isEqualTo("p");
                    assertThat(trial.effects().distinct("ship")).isEqualTo(1);
                    assertThat(trial.effects().distinct("release")).isZero();
                    assertThat(run.eventTypes()).containsOnlyOnce("event:emitted");
                })
                .verify();
    }
}
