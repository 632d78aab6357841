package dev.pawl.samples.expense;

import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.EventType;
import dev.pawl.api.Wait;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import dev.pawl.samples.expense.ExpenseApproval.Decision;
import dev.pawl.samples.expense.ExpenseApproval.Expense;
import dev.pawl.samples.mail.Mail;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Asks the manager and, above 1,000, a vice president too. Who has not answered after 48 hours has said no. */
@Workflow(
        value = "expense-approval",
        description = "A manager approves, above 1,000 a vice president too; 48 hours each")
public class ExpenseApproval implements DurableWorkflow<Expense, Decision> {

    /** An approver's answer, correlated by the expense's id. */
    public static final EventType<Answer> ANSWERED = EventType.of("expense.answered", Answer.class);

    static final BigDecimal MANAGERS_LIMIT = new BigDecimal(1_000);
    static final Duration PATIENCE = Duration.ofHours(48);

    /** Who decides. */
    public enum Level {
        MANAGER,
        VP
    }

    public record Expense(String id, String employee, BigDecimal amount, String purpose) {
        public Expense {
            if (amount.signum() <= 0) {
                throw new IllegalArgumentException("amount must be positive, was " + amount);
            }
        }

        private List<Level> levels() {
            return amount.compareTo(MANAGERS_LIMIT) > 0 ? List.of(Level.MANAGER, Level.VP) : List.of(Level.MANAGER);
        }
    }

    public record Answer(Level level, boolean approved, String by) {}

    public record Decision(boolean approved, String reason) {}

    private final Mail mail;

    public ExpenseApproval() {
        this(Mail.toLog());
    }

    ExpenseApproval(Mail mail) {
        this.mail = mail;
    }

    @Override
    public Decision run(WorkflowContext ctx, Expense expense) {
        Decision decision = decide(ctx, expense);
        ctx.step(
                "tell-employee",
                step -> mail.send(
                        expense.employee(), expense.purpose() + ": " + decision.reason(), step.idempotencyKey()));
        return decision;
    }

    private Decision decide(WorkflowContext ctx, Expense expense) {
        for (Level level : expense.levels()) {
            ctx.step(
                    "ask-" + level.name().toLowerCase(Locale.ROOT),
                    step -> mail.send(
                            level.name(),
                            expense.employee() + " asks for " + expense.amount() + " for " + expense.purpose(),
                            step.idempotencyKey()));
            Optional<Answer> answer = ctx.waitFor(Wait.forEvent(ANSWERED)
                    .correlatedBy(expense.id())
                    .where("level", level)
                    .atMost(PATIENCE));
            if (answer.isEmpty()) {
                return new Decision(false, level + " has not answered within " + PATIENCE.toHours() + " hours");
            }
            if (!answer.get().approved()) {
                return new Decision(false, "rejected by " + answer.get().by());
            }
        }
        return new Decision(true, "approved");
    }
}
