package dev.pawl.acceptance.feature.durable.probe;

import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;

/** Workflows whose code changes when a gate is opened, as another deployment would change it. */
public final class ChangingProbes {

    private ChangingProbes() {}

    /** Between its gates "changed" and "mended" its code does other steps than before. */
    @Workflow("durable-changing")
    public static class Changing implements DurableWorkflow<Name, String> {
        @Override
        public String run(WorkflowContext ctx, Name input) {
            boolean broken = Gates.isOpen(input.name() + "-changed") && !Gates.isOpen(input.name() + "-mended");
            String first = ctx.step(broken ? "renamed" : "first", String.class, () -> {
                Gates.note(input.name() + " first");
                return "a";
            });
            ctx.waitForSignal("go", String.class);
            return ctx.step("second", String.class, () -> first + "b");
        }
    }

    /** What came by before its gate "changed" was opened takes the old way, what comes later the new one. */
    @Workflow("durable-marked")
    public static class Marked implements DurableWorkflow<Name, String> {
        @Override
        public String run(WorkflowContext ctx, Name input) {
            boolean isNew = Gates.isOpen(input.name() + "-changed");
            String way = isNew && ctx.changed("other-way") ? "new" : "old";
            String done = ctx.step("go-" + way, String.class, () -> way);
            ctx.waitForSignal("go", String.class);
            return done + " " + way;
        }
    }
}
