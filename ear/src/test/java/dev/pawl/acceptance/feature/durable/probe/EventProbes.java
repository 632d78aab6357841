package dev.pawl.acceptance.feature.durable.probe;

import dev.pawl.api.Arrivals;
import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.EventType;
import dev.pawl.api.Wait;
import dev.pawl.api.WaitTimeoutException;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import java.time.Duration;
import java.util.Map;

/** Workflows that wait for events and signals. */
public final class EventProbes {

    /** What approvers answer. */
    public record Decision(String by, boolean approved) {}

    static final EventType<Decision> DECIDED = EventType.of("probe.decided", Decision.class);
    static final EventType<String> PAID = EventType.of("probe.paid", String.class);

    private EventProbes() {}

    /** An empty answer when nobody decides in two days. */
    @Workflow("durable-approval")
    public static class Approval implements DurableWorkflow<Name, String> {
        @Override
        public String run(WorkflowContext ctx, Name order) {
            return ctx.waitFor(DECIDED, order.name(), Duration.ofHours(48))
                    .map(decision -> (decision.approved() ? "approved by " : "refused by ") + decision.by())
                    .orElse("nobody decided");
        }
    }

    /** An exception when nobody approves in two days; other decisions are left alone. */
    @Workflow("durable-strict-approval")
    public static class StrictApproval implements DurableWorkflow<Name, String> {
        @Override
        public String run(WorkflowContext ctx, Name order) {
            try {
                return ctx.require(Wait.forEvent(DECIDED)
                                .correlatedBy(order.name())
                                .where("approved", true)
                                .atMost(Duration.ofHours(48)))
                        .by();
            } catch (WaitTimeoutException e) {
                return "caught: " + e.getMessage();
            }
        }
    }

    /** Of two events the first, then both of two others. */
    @Workflow("durable-several")
    public static class Several implements DurableWorkflow<Name, String> {
        @Override
        public String run(WorkflowContext ctx, Name order) {
            Wait<Decision> decided = Wait.forEvent(DECIDED).correlatedBy(order.name());
            Wait<String> paid = Wait.forEvent(PAID).correlatedBy(order.name());
            Arrivals any = ctx.waitForAny("either", decided, paid);
            Arrivals all = ctx.waitForAll("both", decided, paid.atMost(Duration.ofHours(1)));
            return any.of(paid).orElse("-") + " "
                    + all.of(decided).map(Decision::by).orElse("-") + " "
                    + (all.isComplete() ? "complete" : "partly");
        }
    }

    /** Publishes where it stands, and goes on by signals. */
    @Workflow("durable-signalled")
    public static class Signalled implements DurableWorkflow<Name, String> {
        @Override
        public String run(WorkflowContext ctx, Name order) {
            ctx.publish("state", Map.of("at", "beginning"));
            ctx.metric("legs", 2);
            ctx.progress(0.5, "half way", Map.of("step", 1, "total", 2));
            Decision first = ctx.waitForSignal("go", Decision.class);
            ctx.publish("state", Map.of("at", "middle"));
            Decision second = ctx.waitForSignal("go", Decision.class);
            return first.by() + " " + second.by();
        }
    }

    /** Tells the one that waits for a payment. */
    @Workflow("durable-teller")
    public static class Teller implements DurableWorkflow<Name, String> {
        @Override
        public String run(WorkflowContext ctx, Name order) {
            ctx.emit(DECIDED, order.name(), new Decision("teller", true));
            return "told";
        }
    }
}
