package dev.pawl.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.api.ConfiguredStage;
import dev.pawl.api.NonRetryableException;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Retry;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.StageOptions;
import dev.pawl.engine.model.Failure;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.testkit.InMemoryEventSink.Published;
import dev.pawl.testkit.TestEngine.AfterCrash;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How an author tests a workflow. */
@Tag("J-10")
class TestEngineTest {

    record Order(String id, int amount) {}

    record Reservation(String order, String shelf) {}

    record Receipt(String reservation, int paid) {}

    record Limits(int most) {}

    static final class ReserveInventory implements Stage<Order, Reservation> {
        @Override
        public Reservation execute(StageContext context, Order order) {
            context.log().info("reserving");
            return new Reservation(order.id(), "shelf-1");
        }
    }

    static final class ChargePayment implements ConfiguredStage<Reservation, Receipt, Limits> {
        @Override
        public Limits defaults() {
            return new Limits(100);
        }

        @Override
        public Receipt execute(StageContext context, Reservation reservation, Limits limits) {
            return new Receipt(reservation.shelf(), limits.most());
        }

        @Override
        public StageOptions options() {
            return StageOptions.retry(Retry.exponential(3, Duration.ofSeconds(2)));
        }
    }

    private static final Order ORDER = new Order("order-1", 40);

    private final TestEngine engine = TestEngine.with(Pipeline.named("fulfil-order", Order.class)
            .then(new ReserveInventory())
            .then(new ChargePayment())
            .build());

    @Test
    void chargesThreeTimesButReservesOnce() {
        engine.failStage("charge-payment", 2, new IOException("gateway"));

        TestRun run = engine.start("fulfil-order", ORDER);
        engine.advance(Duration.ofSeconds(6));

        assertThat(run.output(Receipt.class)).isEqualTo(new Receipt("shelf-1", 100));
        assertThat(run.executions("charge-payment")).isEqualTo(3);
        assertThat(run.attempts("charge-payment")).isEqualTo(3);
        assertThat(run.executions("reserve-inventory")).isEqualTo(1);
        assertThat(run.logs()).singleElement().satisfies(line -> assertThat(line.message())
                .isEqualTo("reserving"));
    }

    @Test
    void aCrashAfterTheCodeRunsItAgainAndOneBeforeItDoesNot() {
        TestRun after = engine.crashAfter("reserve-inventory").start("fulfil-order", ORDER);
        assertThat(after.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(after.executions("reserve-inventory")).isEqualTo(2);

        TestRun before = engine.crashBefore("reserve-inventory").start("fulfil-order", ORDER);
        assertThat(before.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(before.executions("reserve-inventory")).isEqualTo(1);
        assertThat(before.attempts("reserve-inventory")).isEqualTo(2);
        assertThat(engine.executions("reserve-inventory")).isEqualTo(3);
    }

    @Test
    void aServerThatStaysDownKeepsItsStepUntilTheLeaseEnds() {
        TestRun run = engine.crashAfter("charge-payment")
                .afterCrash(AfterCrash.LEASE_RUNS_OUT)
                .start("fulfil-order", ORDER);
        assertThat(run.status()).isEqualTo(RunStatus.RUNNING);

        engine.advance(TestEngine.LEASE.plusSeconds(1));

        assertThat(run.status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(run.executions("reserve-inventory")).isEqualTo(1);
        assertThat(run.executions("charge-payment")).isEqualTo(2);
    }

    @Test
    void aMockAnswersInsteadOfTheCode() {
        engine.mockStage(
                "charge-payment", (Reservation reservation) -> new Receipt(reservation.order(), ORDER.amount()));

        TestRun run = engine.start("fulfil-order", ORDER);

        assertThat(run.output(Receipt.class)).isEqualTo(new Receipt("order-1", 40));
        assertThat(run.executions("charge-payment")).isEqualTo(1);
    }

    @Test
    void timeStandsStillUntilItIsAdvancedAndRetriesHappenAtTheirTimes() {
        Instant begin = engine.clock().now();
        engine.failStage("charge-payment", 3, new IOException("gateway"));
        TestRun run = engine.start("fulfil-order", ORDER);
        assertThat(run.waitsUntil()).contains(begin.plusSeconds(2));

        engine.advance(Duration.ofDays(400));

        assertThat(run.view().completedAt()).isEqualTo(begin.plusSeconds(6));
        assertThat(engine.clock().now()).isEqualTo(begin.plus(Duration.ofDays(400)));
    }

    @Test
    void theErrorOfAFailedRunIsTold() {
        engine.failStage("charge-payment", 1, new NonRetryableException("CARD_EXPIRED", "the card has expired"));

        TestRun run = engine.start("fulfil-order", ORDER);

        assertThat(run.error()).contains(new Failure("CARD_EXPIRED", "the card has expired", "charge-payment"));
        assertThatThrownBy(() -> run.output(Receipt.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("FAILED")
                .hasMessageContaining("the card has expired");
    }

    @Test
    void subscribersReceiveTheHistory() {
        TestRun run = engine.start("fulfil-order", ORDER);

        assertThat(engine.published())
                .extracting(Published::event)
                .extracting(event -> event.type())
                .containsExactlyElementsOf(run.eventTypes());
    }

    @Test
    void aRunCanBeCancelledAndPaused() {
        engine.failStage("charge-payment", 1, new IOException("gateway"));
        TestRun run = engine.start("fulfil-order", ORDER);
        run.pause();
        engine.advance(Duration.ofMinutes(1));
        assertThat(run.executions("charge-payment")).isEqualTo(1);

        assertThat(run.cancel("changed my mind").cancelled()).isTrue();
        assertThat(run.status()).isEqualTo(RunStatus.CANCELLED);
    }

    @Test
    void aStageNobodyHasIsAMistakeInTheTest() {
        assertThatThrownBy(() -> engine.failStage("charge-payments", 1, new IOException()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'charge-payments'")
                .hasMessageContaining("[charge-payment, reserve-inventory]");
        TestRun run = engine.start("fulfil-order", ORDER);
        assertThatThrownBy(() -> run.stage("ship"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("'ship'");
    }

    @Test
    void twoEnginesDoTheSameInTheSameOrder() {
        TestEngine other = TestEngine.with(Pipeline.named("fulfil-order", Order.class)
                .then(new ReserveInventory())
                .then(new ChargePayment())
                .build());

        assertThat(other.start("fulfil-order", ORDER).events())
                .extracting(event -> event.causationId())
                .containsExactlyElementsOf(engine.start("fulfil-order", ORDER).events().stream()
                        .map(event -> event.causationId())
                        .toList());
    }
}
