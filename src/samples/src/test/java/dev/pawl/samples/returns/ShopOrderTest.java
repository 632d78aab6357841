package dev.pawl.samples.returns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.engine.command.StartMachine;
import dev.pawl.engine.json.JsonCodec;
import dev.pawl.engine.model.RunStatus;
import dev.pawl.samples.returns.ShopOrder.Order;
import dev.pawl.samples.returns.ShopOrder.Payment;
import dev.pawl.samples.returns.ShopOrder.Shipment;
import dev.pawl.testkit.TestEngine;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("S-01")
@Tag("S-02")
class ShopOrderTest {

    private final TestEngine engine = TestEngine.with(ShopOrder.machine());

    @BeforeEach
    void place() {
        engine.execute(
                new StartMachine("shop-order", "o-1", JsonCodec.toTree(new Order("Ada", 5_000, null, List.of()))));
    }

    @Test
    void anOrderTravelsFromPaymentToTheDoorstepAndBackWithinThirtyDays() {
        send("pay", new Payment(5_000));
        send("ship", new Shipment("p-9"));
        send("deliver", null);
        engine.advance(Duration.ofDays(29));
        assertThat(send("return", null).state()).isEqualTo("returned");

        assertThat(engine.machine("shop-order", "o-1").orElseThrow().status()).isEqualTo(RunStatus.COMPLETED);
        assertThat(order().diary()).containsExactly("paid by Ada", "no longer just paid", "parcel p-9 is under way");
    }

    @Test
    void afterThirtyDaysNothingIsTakenBack() {
        send("pay", new Payment(5_000));
        send("ship", new Shipment("p-9"));
        send("deliver", null);
        engine.advance(Duration.ofDays(31));

        assertThatThrownBy(() -> send("return", null)).hasMessageContaining("Guard condition failed for return");
        assertThat(engine.machine("shop-order", "o-1").orElseThrow().state()).isEqualTo("delivered");
    }

    @Test
    void tooLittleMoneyAndAnEventOutOfTurnAreRefused() {
        assertThatThrownBy(() -> send("pay", new Payment(4_999)))
                .hasMessageContaining("Guard condition failed for pay");
        assertThatThrownBy(() -> send("ship", new Shipment("p-9")))
                .hasMessageContaining("Invalid transition ship from state placed");
        assertThat(order().diary()).isEmpty();
    }

    @Test
    void anOrderThatIsCancelledTakesNothingMore() {
        assertThat(send("cancel", null).state()).isEqualTo("cancelled");
        assertThatThrownBy(() -> send("pay", new Payment(5_000)))
                .hasMessageContaining("Invalid transition pay from state cancelled");
    }

    private StartMachine.Instance send(String event, @Nullable Object payload) {
        return engine.send("shop-order", "o-1", event, payload);
    }

    private Order order() {
        return (Order)
                JsonCodec.bind(engine.machine("shop-order", "o-1").orElseThrow().data(), JsonCodec.type(Order.class));
    }
}
