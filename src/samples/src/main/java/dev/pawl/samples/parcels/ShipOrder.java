package dev.pawl.samples.parcels;

import dev.pawl.api.ChildFailedException;
import dev.pawl.api.ChildRun;
import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.samples.parcels.DeliverParcel.Delivered;
import dev.pawl.samples.parcels.DeliverParcel.Parcel;
import dev.pawl.samples.parcels.ShipOrder.Order;
import dev.pawl.samples.parcels.ShipOrder.Shipped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sends the parcels of an order on their ways at once and waits for all of them; a lost one does not stop the others. */
@Workflow(value = "ship-order", description = "An order with a child run for each of its parcels")
public class ShipOrder implements DurableWorkflow<Order, Shipped> {

    public record Order(List<Parcel> parcels) {
        public Order {
            parcels = List.copyOf(parcels);
        }
    }

    public record Shipped(List<String> arrived, List<String> lost) {}

    private final Carrier carrier;

    public ShipOrder() {
        this(Carrier.inLog());
    }

    ShipOrder(Carrier carrier) {
        this.carrier = carrier;
    }

    @Override
    public Shipped run(WorkflowContext ctx, Order order) {
        Map<Parcel, ChildRun<Delivered>> deliveries = new LinkedHashMap<>();
        for (Parcel parcel : order.parcels()) {
            deliveries.put(parcel, ctx.child(DeliverParcel.class, "parcel-" + parcel.number(), parcel));
        }
        List<String> arrived = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        deliveries.forEach((parcel, delivery) -> {
            try {
                delivery.join();
                arrived.add(parcel.number());
            } catch (ChildFailedException e) {
                ctx.step(
                        "claim-" + parcel.number(),
                        step -> carrier.claimDamages(parcel.number(), step.idempotencyKey()));
                lost.add(parcel.number());
            }
        });
        return new Shipped(arrived, lost);
    }
}
