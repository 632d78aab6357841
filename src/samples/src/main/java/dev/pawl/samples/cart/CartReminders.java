package dev.pawl.samples.cart;

import dev.pawl.api.ChildOptions;
import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.samples.cart.CartReminders.Cart;
import dev.pawl.samples.cart.CartReminders.Planned;
import dev.pawl.samples.cart.RemindOfCart.Reminder;
import java.time.Duration;

/**
 * Plans the reminders of a cart that was left: after an hour and after a day. Each is a run of its own that outlives this
 * one, so that each can be cancelled alone; its id is in this run's output.
 */
@Workflow(value = "cart-reminders", description = "Plans a reminder after an hour and one after a day")
public class CartReminders implements DurableWorkflow<Cart, Planned> {

    static final Duration SOON = Duration.ofHours(1);
    static final Duration LATE = Duration.ofHours(24);

    public record Cart(String id, String customer) {}

    /** The ids of the runs that will remind. */
    public record Planned(String afterAnHour, String afterADay) {}

    @Override
    public Planned run(WorkflowContext ctx, Cart cart) {
        return new Planned(
                plan(ctx, cart, "after-an-hour", SOON, "You left something in your cart."),
                plan(ctx, cart, "after-a-day", LATE, "Your cart will not wait for ever."));
    }

    private static String plan(WorkflowContext ctx, Cart cart, String name, Duration after, String text) {
        Reminder reminder =
                new Reminder(cart.id(), cart.customer(), text, ctx.now().plus(after));
        return ctx.child(RemindOfCart.class, name, reminder, ChildOptions.detached())
                .runId();
    }
}
