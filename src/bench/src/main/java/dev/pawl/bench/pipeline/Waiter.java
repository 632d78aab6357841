package dev.pawl.bench.pipeline;

import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.EventType;
import dev.pawl.api.None;
import dev.pawl.api.Wait;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import java.time.Duration;
import java.util.List;

/** Waits for an event of its own and does nothing then. */
@Workflow(Waiter.ID)
public class Waiter implements DurableWorkflow<Waiter.For, None> {

    public static final String ID = "bench-waiter";

    /** What it waits for. */
    public static final EventType<None> CALLED = EventType.of("bench.called", None.class);

    /** Types of the events in the history of one run whose event came after it had begun to wait. */
    public static final List<String> HISTORY = List.of(
            "workflow:created",
            "workflow:started",
            "wait:started",
            "workflow:suspended",
            "wait:completed",
            "workflow:completed");

    /** Correlation of the event. */
    public record For(String key) {}

    @Override
    public None run(WorkflowContext ctx, For whom) {
        ctx.require(Wait.forEvent(CALLED).correlatedBy(whom.key()).atMost(Duration.ofDays(1)));
        return None.NONE;
    }
}
