package dev.pawl.bench.check;

import dev.pawl.bench.inside.InsideWorkflows;
import dev.pawl.bench.pipeline.NoOpPipelines;
import dev.pawl.bench.pipeline.Sleeper;
import dev.pawl.bench.pipeline.ThreeCodeSteps;
import dev.pawl.bench.pipeline.Waiter;
import java.util.List;

/**
 * What a complete run of a workflow consists of.
 *
 * @param steps rows of steps, each done at its first attempt
 * @param history types of its events
 * @param inOrder whether they always come in this order
 */
public record Whole(String workflow, int steps, List<String> history, boolean inOrder) {

    public static final Whole THREE_STEPS =
            new Whole(NoOpPipelines.THREE_STEPS, 3, NoOpPipelines.THREE_STEPS_HISTORY, true);
    public static final Whole THREE_TRANSACTIONS =
            new Whole(NoOpPipelines.THREE_TRANSACTIONS, 3, NoOpPipelines.THREE_STEPS_HISTORY, true);
    public static final Whole FAN_OUT =
            new Whole(NoOpPipelines.FAN_OUT, NoOpPipelines.WIDTH + 1, NoOpPipelines.FAN_OUT_HISTORY, false);
    public static final Whole THREE_CODE_STEPS = new Whole(ThreeCodeSteps.ID, 1, ThreeCodeSteps.HISTORY, true);
    public static final Whole SLEEPER = new Whole(Sleeper.ID, 1, Sleeper.HISTORY, true);
    public static final Whole WAITER = new Whole(Waiter.ID, 1, Waiter.HISTORY, true);

    /** A run that lets clients inside the server begin. */
    public static final Whole OPEN_INSIDE = new Whole(
            InsideWorkflows.OPEN,
            1,
            List.of("workflow:created", "workflow:started", "stage:started", "stage:completed", "workflow:completed"),
            true);

    public Whole {
        history = List.copyOf(history);
    }

    /** As it can be compared with what is there. */
    List<String> comparable(List<String> types) {
        return inOrder ? types : types.stream().sorted().toList();
    }
}
