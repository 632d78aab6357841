package dev.pawl.samples.cart;

import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.EventType;
import dev.pawl.api.Wait;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.samples.cart.RemindOfCart.Reminded;
import dev.pawl.samples.cart.RemindOfCart.Reminder;
import dev.pawl.samples.mail.Mail;
import java.time.Instant;

/**
 * Sends one reminder at its time, at once when that has passed, and none when the cart is checked out before. Cancelled, it
 * sends none either.
 */
@Workflow(value = "remind-of-cart", description = "One reminder at its time, unless the cart is checked out before")
public class RemindOfCart implements DurableWorkflow<Reminder, Reminded> {

    /** A cart has become an order, correlated by the cart. */
    public static final EventType<CheckOut> CHECKED_OUT = EventType.of("cart.checked-out", CheckOut.class);

    public record CheckOut(String order) {}

    public record Reminder(String cart, String customer, String text, Instant at) {}

    public record Reminded(boolean sent) {}

    private final Mail mail;

    public RemindOfCart() {
        this(Mail.toLog());
    }

    RemindOfCart(Mail mail) {
        this.mail = mail;
    }

    @Override
    public Reminded run(WorkflowContext ctx, Reminder reminder) {
        Wait<CheckOut> checkOut = Wait.forEvent(CHECKED_OUT).correlatedBy(reminder.cart());
        if (ctx.waitFor(checkOut.atMost(ctx.until(reminder.at()))).isPresent()) {
            return new Reminded(false);
        }
        ctx.step("remind", step -> mail.send(reminder.customer(), reminder.text(), step.idempotencyKey()));
        return new Reminded(true);
    }
}
