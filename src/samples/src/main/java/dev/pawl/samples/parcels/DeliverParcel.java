package dev.pawl.samples.parcels;

import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.EventType;
import dev.pawl.api.NonRetryableException;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.samples.parcels.DeliverParcel.Delivered;
import dev.pawl.samples.parcels.DeliverParcel.Parcel;
import java.time.Duration;

/** Hands one parcel to the carrier and waits until it has arrived; after ten days it is lost. */
@Workflow(value = "deliver-parcel", description = "One parcel, from the door of the warehouse to that of the customer")
public class DeliverParcel implements DurableWorkflow<Parcel, Delivered> {

    /** A parcel has arrived, correlated by its number. */
    public static final EventType<Delivered> ARRIVED = EventType.of("parcel.arrived", Delivered.class);

    static final Duration PATIENCE = Duration.ofDays(10);

    public record Parcel(String number) {}

    public record Delivered(String signedBy) {}

    private final Carrier carrier;

    public DeliverParcel() {
        this(Carrier.inLog());
    }

    DeliverParcel(Carrier carrier) {
        this.carrier = carrier;
    }

    @Override
    public Delivered run(WorkflowContext ctx, Parcel parcel) {
        ctx.step("collect", step -> carrier.collect(parcel.number(), step.idempotencyKey()));
        return ctx.waitFor(ARRIVED, parcel.number(), PATIENCE)
                .orElseThrow(() -> new NonRetryableException("PARCEL_LOST", parcel.number() + " never arrived"));
    }
}
