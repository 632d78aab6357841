package dev.pawl.samples.printing;

import dev.pawl.api.AsyncBatchStage;
import dev.pawl.api.Completion;
import dev.pawl.api.Poll;
import dev.pawl.api.StageContext;
import dev.pawl.api.Submission;
import dev.pawl.samples.printing.PrintElsewhere.Ticket;
import dev.pawl.samples.printing.PrintShop.Parcel;
import java.time.Duration;
import java.util.Optional;

/** Hands the order in and asks every two seconds; after a day the shop has taken too long. */
final class PrintElsewhere implements AsyncBatchStage<PrintOrder, Parcel, Ticket> {

    /** What is remembered while the shop prints. */
    record Ticket(String orderNumber) {}

    private final PrintShop shop;

    PrintElsewhere(PrintShop shop) {
        this.shop = shop;
    }

    @Override
    public Submission<Parcel, Ticket> execute(StageContext context, PrintOrder order, Optional<Ticket> earlier) {
        Ticket ticket = earlier.orElseGet(() -> new Ticket(shop.submit(order, context.idempotencyKey())));
        return Submission.suspended(ticket, Poll.every(Duration.ofSeconds(2)).forAtMost(Duration.ofDays(1)));
    }

    @Override
    public Completion<Parcel, Ticket> checkCompletion(StageContext context, Ticket ticket) {
        try {
            Optional<Parcel> parcel = shop.ask(ticket.orderNumber());
            return parcel.isPresent() ? Completion.ready(parcel.get()) : Completion.notReady();
        } catch (PrintShop.RejectedException e) {
            return Completion.failed("PRINT_REJECTED", e.getMessage());
        }
    }
}
