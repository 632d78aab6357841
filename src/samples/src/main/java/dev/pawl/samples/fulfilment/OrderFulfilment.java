package dev.pawl.samples.fulfilment;

import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.EventType;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.samples.fulfilment.OrderFulfilment.Order;
import dev.pawl.samples.fulfilment.OrderFulfilment.Outcome;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ships an order, from the shelf or when the missing goods have come. After two weeks without any it is given up. */
@Workflow(value = "order-fulfilment", description = "Reserves goods, waits for those on back order, ships")
public class OrderFulfilment implements DurableWorkflow<Order, Outcome> {

    /** Goods have come, correlated by their article. */
    public static final EventType<Delivery> GOODS_CAME = EventType.of("goods.came", Delivery.class);

    /** An order is on its way; told once, correlated by the order's id. */
    public static final EventType<Outcome> SHIPPED = EventType.of("order.shipped", Outcome.class);

    static final Duration PATIENCE = Duration.ofDays(14);

    public record Order(String id, String article, int quantity) {
        public Order {
            if (quantity < 1) {
                throw new IllegalArgumentException("quantity must be at least 1, was " + quantity);
            }
        }
    }

    /** @param quantity what this order may have of it */
    public record Delivery(int quantity) {}

    /** @param parcel null when the order was given up */
    public record Outcome(@Nullable String parcel) {}

    private final Warehouse warehouse;

    public OrderFulfilment() {
        this(new SmallWarehouse());
    }

    OrderFulfilment(Warehouse warehouse) {
        this.warehouse = warehouse;
    }

    @Override
    public Outcome run(WorkflowContext ctx, Order order) {
        int missing = ctx.step("reserve", Integer.class, step -> warehouse.reserve(order, step.idempotencyKey()));
        while (missing > 0) {
            ctx.publish("missing", missing);
            Optional<Delivery> delivery = ctx.waitFor(GOODS_CAME, order.article(), PATIENCE);
            if (delivery.isEmpty()) {
                ctx.step("release", step -> warehouse.release(order, step.idempotencyKey()));
                return new Outcome(null);
            }
            missing -= delivery.get().quantity();
        }
        String parcel = ctx.step("ship", String.class, step -> warehouse.ship(order, step.idempotencyKey()));
        Outcome shipped = new Outcome(parcel);
        ctx.emit(SHIPPED, order.id(), shipped);
        return shipped;
    }
}
