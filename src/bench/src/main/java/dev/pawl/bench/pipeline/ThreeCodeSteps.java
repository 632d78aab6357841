package dev.pawl.bench.pipeline;

import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.None;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import java.util.List;

/** Durable code of three steps that do nothing. */
@Workflow(ThreeCodeSteps.ID)
public class ThreeCodeSteps implements DurableWorkflow<None, None> {

    public static final String ID = "bench-three-code-steps";

    /** Types of the events in the history of one run. */
    public static final List<String> HISTORY = List.of(
            "workflow:created",
            "workflow:started",
            "step:completed",
            "step:completed",
            "step:completed",
            "workflow:completed");

    @Override
    public None run(WorkflowContext ctx, None input) {
        ctx.step("one", () -> {});
        ctx.step("two", () -> {});
        ctx.step("three", () -> {});
        return None.NONE;
    }
}
