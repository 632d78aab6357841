package dev.pawl.bench.pipeline;

import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.None;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import java.time.Instant;
import java.util.List;

/** Sleeps until a time and does nothing then. */
@Workflow(Sleeper.ID)
public class Sleeper implements DurableWorkflow<Sleeper.Alarm, None> {

    public static final String ID = "bench-sleeper";

    /** Types of the events in the history of one run whose time came after it had fallen asleep. */
    public static final List<String> HISTORY = List.of(
            "workflow:created",
            "workflow:started",
            "timer:started",
            "workflow:suspended",
            "timer:fired",
            "workflow:completed");

    /** When to wake up. */
    public record Alarm(Instant at) {}

    @Override
    public None run(WorkflowContext ctx, Alarm alarm) {
        ctx.sleepUntil("nap", alarm.at());
        return None.NONE;
    }
}
