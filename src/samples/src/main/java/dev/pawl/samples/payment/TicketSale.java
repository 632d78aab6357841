package dev.pawl.samples.payment;

import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.Saga;
import dev.pawl.api.StepFailedException;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.samples.payment.TicketSale.Receipt;
import dev.pawl.samples.payment.TicketSale.Sale;
import org.jspecify.annotations.Nullable;

/**
 * Takes the money, then prints the ticket; without a ticket the money goes back. The run completes either way and says
 * which it was; it fails only when money could not be given back.
 */
@Workflow(
        value = "ticket-sale",
        description = "Blocks and takes an amount; gives it back when there is no ticket for it")
public class TicketSale implements DurableWorkflow<Sale, Receipt> {

    public record Sale(String show, String card, long cents) {
        public Sale {
            if (cents <= 0) {
                throw new IllegalArgumentException("cents must be positive, was " + cents);
            }
        }
    }

    /**
     * @param seat null when nothing was sold
     * @param refusal null when it was
     */
    public record Receipt(@Nullable String seat, @Nullable String refusal) {}

    private final BoxOffice office;

    public TicketSale() {
        this(new VillageBoxOffice());
    }

    TicketSale(BoxOffice office) {
        this.office = office;
    }

    @Override
    public Receipt run(WorkflowContext ctx, Sale sale) {
        String id = ctx.run().id();
        Saga saga = ctx.saga();
        try {
            return saga.run(() -> {
                saga.onFailure("release", step -> office.release(id, step.idempotencyKey()));
                ctx.step("hold", step -> office.hold(id, sale.card(), sale.cents(), step.idempotencyKey()));
                saga.onFailure("refund", step -> office.refund(id, step.idempotencyKey()));
                ctx.step("capture", step -> office.capture(id, step.idempotencyKey()));
                String seat =
                        ctx.step("print", String.class, step -> office.print(id, sale.show(), step.idempotencyKey()));
                return new Receipt(seat, null);
            });
        } catch (StepFailedException e) {
            if (e.getSuppressed().length > 0) {
                throw e; // the money is still here: somebody must see to it
            }
            return new Receipt(null, e.code());
        }
    }
}
