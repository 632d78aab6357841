package dev.pawl.samples.returns;

import dev.pawl.api.machine.MachineContext;
import dev.pawl.api.machine.StateMachine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order from basket to doorstep and, within thirty days, back again. {@code pay} must cover the total; {@code cancel} is
 * possible until the parcel is on its way.
 */
public final class ShopOrder {

    /** How long after delivery things can be sent back. */
    static final Duration RETURN_WINDOW = Duration.ofDays(30);

    /**
     * What is known of an order.
     *
     * @param total in cents
     * @param diary what has happened, for the customer
     */
    public record Order(
            String customer, long total, @Nullable String parcel, List<String> diary) {
        public Order {
            if (total <= 0) {
                throw new IllegalArgumentException("total must be positive, was " + total);
            }
            diary = diary == null ? List.of() : List.copyOf(diary);
        }

        Order noting(String line) {
            List<String> more = new ArrayList<>(diary);
            more.add(line);
            return new Order(customer, total, parcel, more);
        }

        Order in(String number) {
            return new Order(customer, total, number, diary);
        }
    }

    /** What comes with {@code pay}. */
    public record Payment(long cents) {}

    /** What comes with {@code ship}. */
    public record Shipment(String parcel) {}

    private ShopOrder() {}

    public static StateMachine<Order> machine() {
        return StateMachine.named("shop-order", Order.class)
                .describedAs("A shop's order, from payment to return")
                .initial("placed")
                .transition("placed", "pay", "paid")
                .when(ctx -> ctx.payload(Payment.class).cents() >= ctx.data().total())
                .then(ctx -> ctx.data().noting("paid by " + ctx.data().customer()))
                .transition("paid", "ship", "under-way")
                .then(ctx -> ctx.data().in(ctx.payload(Shipment.class).parcel()))
                .transition("under-way", "deliver", "delivered")
                .transition("delivered", "return", "returned")
                .when(ShopOrder::isWithinWindow)
                .transition("placed", "cancel", "cancelled")
                .transition("paid", "cancel", "cancelled")
                .onExit("paid", ctx -> ctx.data().noting("no longer just paid"))
                .onEntry("under-way", ctx -> ctx.data()
                        .noting("parcel " + ctx.data().parcel() + " is under way"))
                .onEntry("cancelled", ctx -> ctx.data().noting("cancelled when " + ctx.from()))
                .build();
    }

    private static boolean isWithinWindow(MachineContext<Order> ctx) {
        return !ctx.now().isAfter(ctx.since().plus(RETURN_WINDOW));
    }
}
