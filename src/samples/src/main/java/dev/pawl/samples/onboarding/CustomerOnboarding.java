package dev.pawl.samples.onboarding;

import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.EventType;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.samples.mail.Mail;
import dev.pawl.samples.onboarding.CustomerOnboarding.Customer;
import dev.pawl.samples.onboarding.CustomerOnboarding.Onboarded;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Greets a customer, opens the account once the address is confirmed, and asks a week later how it goes. */
@Workflow(
        value = "customer-onboarding",
        description = "Greets, waits for a confirmation, opens an account, asks after a week")
public class CustomerOnboarding implements DurableWorkflow<Customer, Onboarded> {

    /** The customer has followed the link in the mail; correlated by the customer's id. */
    public static final EventType<Confirmation> CONFIRMED = EventType.of("customer.confirmed", Confirmation.class);

    /** The account is open; told once, correlated by the customer's id. */
    public static final EventType<Account> OPENED = EventType.of("account.opened", Account.class);

    static final Duration FIRST_WAIT = Duration.ofDays(3);
    static final Duration SECOND_WAIT = Duration.ofDays(4);
    static final Duration FIRST_WEEK = Duration.ofDays(7);

    public record Customer(String id, String name, String email) {}

    public record Confirmation(String email) {}

    public record Account(String number) {}

    /** @param account null when the address was never confirmed */
    public record Onboarded(@Nullable String account) {}

    private final Mail mail;
    private final Accounts accounts;

    public CustomerOnboarding() {
        this(Mail.toLog(), Accounts.numbered());
    }

    CustomerOnboarding(Mail mail, Accounts accounts) {
        this.mail = mail;
        this.accounts = accounts;
    }

    @Override
    public Onboarded run(WorkflowContext ctx, Customer customer) {
        write(ctx, "greet", customer, "welcome! Please confirm your address.");
        if (!confirms(ctx, customer, FIRST_WAIT)) {
            write(ctx, "remind", customer, "your address is not confirmed yet.");
            if (!confirms(ctx, customer, SECOND_WAIT)) {
                return new Onboarded(null);
            }
        }
        String account = ctx.step("open-account", String.class, step -> accounts.open(customer, step.idempotencyKey()));
        ctx.emit(OPENED, customer.id(), new Account(account));
        ctx.sleep("first-week", FIRST_WEEK);
        write(ctx, "ask-how-it-goes", customer, "how was your first week?");
        return new Onboarded(account);
    }

    private static boolean confirms(WorkflowContext ctx, Customer customer, Duration atMost) {
        return ctx.waitFor(CONFIRMED, customer.id(), atMost).isPresent();
    }

    private void write(WorkflowContext ctx, String step, Customer customer, String text) {
        ctx.step(step, now -> mail.send(customer.email(), customer.name() + ", " + text, now.idempotencyKey()));
    }
}
