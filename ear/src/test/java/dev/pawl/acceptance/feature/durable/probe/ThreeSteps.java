package dev.pawl.acceptance.feature.durable.probe;

import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.api.DurableWorkflow;
import dev.pawl.api.Retry;
import dev.pawl.api.StepOptions;
import dev.pawl.api.Workflow;
import dev.pawl.api.WorkflowContext;
import java.io.IOException;
import java.time.Duration;

/** Three steps, the second of which fails at first, and a rest before the third. */
@Workflow(value = "durable-three-steps", version = 2, description = "Counts what it does")
public class ThreeSteps implements DurableWorkflow<Name, Name> {

    @Override
    public Name run(WorkflowContext ctx, Name input) {
        String first = ctx.step("first", String.class, () -> note(input, "first"));
        ctx.step("second", String.class, StepOptions.retry(Retry.fixed(3, Duration.ofMillis(50))), step -> {
            if (step.attempt() == 1) {
                throw new IOException("not at first");
            }
            return note(input, "second");
        });
        ctx.sleep("rest", Duration.ofMillis(300));
        ctx.step("gate", () -> {
            Gates.await(input.name() + "-gate");
            note(input, "third");
        });
        return new Name(first + "!");
    }

    private static String note(Name input, String step) {
        Gates.note(input.name() + " " + step);
        return input.name() + " " + step;
    }
}
