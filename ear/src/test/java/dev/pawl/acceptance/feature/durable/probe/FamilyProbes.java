package dev.pawl.acceptance.feature.durable.probe;

import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.api.ChildFailedException;
import dev.pawl.api.ChildOptions;
import dev.pawl.api.ChildRun;
import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.Saga;
import dev.pawl.api.StepOptions;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Workflows with children and sagas. */
public final class FamilyProbes {

    private FamilyProbes() {}

    /** Fails, waits a day, or is done at once, as its name says. */
    @Workflow("durable-child")
    public static class Child implements DurableWorkflow<Name, String> {
        @Override
        public String run(WorkflowContext ctx, Name input) {
            ctx.step("note", () -> Gates.note(input.name() + " child"));
            if (input.name().endsWith("fails")) {
                throw new IllegalStateException("lost at sea");
            }
            if (input.name().endsWith("waits")) {
                ctx.sleep(Duration.ofDays(1));
            }
            return input.name() + " done";
        }
    }

    /** Three children side by side, one of which fails, and a sub-workflow. */
    @Workflow("durable-parent")
    public static class Parent implements DurableWorkflow<Name, List<String>> {
        @Override
        public List<String> run(WorkflowContext ctx, Name input) {
            List<ChildRun<String>> children = new ArrayList<>();
            for (String how : List.of("quick", "fails", "waits")) {
                children.add(ctx.child(Child.class, "child-" + how, new Name(input.name() + "-" + how)));
            }
            List<String> results = new ArrayList<>();
            for (ChildRun<String> child : children) {
                try {
                    results.add(child.join());
                } catch (ChildFailedException e) {
                    results.add(e.code() + " " + e.runId().equals(child.runId()));
                }
            }
            results.add(ctx.subWorkflow(Child.class, "sub", new Name(input.name() + "-sub")));
            return results;
        }
    }

    /** Ends before its children: the bound one goes with it. */
    @Workflow("durable-leaving-parent")
    public static class LeavingParent implements DurableWorkflow<Name, List<String>> {
        @Override
        public List<String> run(WorkflowContext ctx, Name input) {
            Name waiting = new Name(input.name() + "-waits");
            String bound = ctx.child(Child.class, "bound", waiting).runId();
            String detached = ctx.child(Child.class, "detached", waiting, ChildOptions.detached())
                    .runId();
            return List.of(bound, detached);
        }
    }

    /** Books three things, and undoes them when the third fails or the run is cancelled meanwhile. */
    @Workflow("durable-trip")
    public static class Trip implements DurableWorkflow<Name, String> {
        @Override
        public String run(WorkflowContext ctx, Name input) {
            Saga saga = ctx.saga();
            return saga.run(() -> {
                for (String what : List.of("flight", "hotel", "car")) {
                    saga.onFailure("cancel-" + what, () -> Gates.note(input.name() + " cancel " + what));
                    ctx.step("book-" + what, StepOptions.once(), () -> {
                        if (input.name().endsWith(what)) {
                            throw new IllegalStateException(what + " is sold out");
                        }
                        Gates.note(input.name() + " book " + what);
                    });
                }
                ctx.sleep(Duration.ofDays(30));
                return "travelled";
            });
        }
    }
}
