package dev.pawl.bench.pipeline;

import dev.pawl.api.None;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.WorkflowSource;
import java.util.List;

/** Pipelines whose stages do nothing. */
public class NoOpPipelines implements WorkflowSource {

    public static final String THREE_STEPS = "bench-three-steps";

    /** Types of the events in the history of one run of {@link #THREE_STEPS}. */
    public static final List<String> THREE_STEPS_HISTORY = List.of(
            "workflow:created",
            "workflow:started",
            "stage:started",
            "stage:completed",
            "stage:started",
            "stage:completed",
            "stage:started",
            "stage:completed",
            "workflow:completed");

    @Override
    public List<Pipeline<?, ?>> workflows() {
        return List.of(Pipeline.named(THREE_STEPS, None.class)
                .thenWithoutInput(new NoOp("one"))
                .thenWithoutInput(new NoOp("two"))
                .thenWithoutInput(new NoOp("three"))
                .build());
    }

    private record NoOp(String id) implements Stage<None, None> {
        @Override
        public None execute(StageContext context, None input) {
            return None.NONE;
        }
    }
}
