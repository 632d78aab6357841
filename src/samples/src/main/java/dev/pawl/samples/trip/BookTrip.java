package dev.pawl.samples.trip;

import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.EventType;
import dev.pawl.api.Saga;
import dev.pawl.api.Wait;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.samples.trip.BookTrip.Booked;
import dev.pawl.samples.trip.BookTrip.Trip;
import java.time.Duration;

/**
 * Books flight and hotel and holds them for a day until they are paid. Whatever goes wrong, a late payment or a cancellation
 * with the wish to compensate too, what was booked is cancelled in reverse order, and the run fails with what went wrong.
 */
@Workflow(value = "book-trip", description = "Books flight and hotel; both are cancelled unless all goes well")
public class BookTrip implements DurableWorkflow<Trip, Booked> {

    /** A trip is paid, correlated by its id. */
    public static final EventType<Payment> PAID = EventType.of("trip.paid", Payment.class);

    static final Duration PAYABLE_FOR = Duration.ofDays(1);

    public record Trip(String id, String destination) {
        public Trip {
            if (destination.isBlank()) {
                throw new IllegalArgumentException("a trip leads somewhere");
            }
        }
    }

    public record Payment(long cents) {}

    public record Booked(String flight, String hotel, long paid) {}

    private final TravelAgency agency;

    public BookTrip() {
        this(new CornerAgency());
    }

    BookTrip(TravelAgency agency) {
        this.agency = agency;
    }

    @Override
    public Booked run(WorkflowContext ctx, Trip trip) {
        Saga saga = ctx.saga();
        return saga.run(() -> {
            saga.onFailure("cancel-flight", step -> agency.cancelFlight(trip.id(), step.idempotencyKey()));
            String flight = ctx.step(
                    "book-flight",
                    String.class,
                    step -> agency.bookFlight(trip.id(), trip.destination(), step.idempotencyKey()));

            saga.onFailure("cancel-hotel", step -> agency.cancelHotel(trip.id(), step.idempotencyKey()));
            String hotel = ctx.step(
                    "book-hotel",
                    String.class,
                    step -> agency.bookHotel(trip.id(), trip.destination(), step.idempotencyKey()));

            Payment payment =
                    ctx.require(Wait.forEvent(PAID).correlatedBy(trip.id()).atMost(PAYABLE_FOR));
            return new Booked(flight, hotel, payment.cents());
        });
    }
}
