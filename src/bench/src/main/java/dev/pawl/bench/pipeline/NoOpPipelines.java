package dev.pawl.bench.pipeline;

import dev.pawl.api.None;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.StageOptions;
import dev.pawl.api.WorkflowSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Pipelines whose stages do nothing. */
public class NoOpPipelines implements WorkflowSource {

    /** Three stages, one after the other. */
    public static final String THREE_STEPS = "bench-three-steps";

    /** The same, each in the transaction of its report. */
    public static final String THREE_TRANSACTIONS = "bench-three-transactions";

    /** Types of the events in the history of one run of {@link #THREE_STEPS} or {@link #THREE_TRANSACTIONS}. */
    public static final List<String> THREE_STEPS_HISTORY = history(3);

    /** {@link #WIDTH} stages at the same time, and one after them. */
    public static final String FAN_OUT = "bench-fan-out";

    public static final int WIDTH = 100;

    /** Types of the events in the history of one run of {@link #FAN_OUT}; their order differs from run to run. */
    public static final List<String> FAN_OUT_HISTORY = history(WIDTH + 1);

    @Override
    public List<Pipeline<?, ?>> workflows() {
        return List.of(threeStages(THREE_STEPS, false), threeStages(THREE_TRANSACTIONS, true), fanOut());
    }

    private static Pipeline<?, ?> threeStages(String name, boolean transactional) {
        return Pipeline.named(name, None.class)
                .thenWithoutInput(new NoOp("one", transactional))
                .thenWithoutInput(new NoOp("two", transactional))
                .thenWithoutInput(new NoOp("three", transactional))
                .build();
    }

    private static Pipeline<?, ?> fanOut() {
        NoOp[] side = IntStream.rangeClosed(1, WIDTH)
                .mapToObj(number -> new NoOp("side-" + number, false))
                .toArray(NoOp[]::new);
        return Pipeline.named(FAN_OUT, None.class)
                .parallel(side)
                .thenWithoutInput(new NoOp("join", false))
                .build();
    }

    private static List<String> history(int stages) {
        List<String> types = new ArrayList<>(List.of("workflow:created", "workflow:started"));
        for (int i = 0; i < stages; i++) {
            types.add("stage:started");
            types.add("stage:completed");
        }
        types.add("workflow:completed");
        return List.copyOf(types);
    }

    private record NoOp(String id, boolean transactional) implements Stage<None, None> {
        @Override
        public StageOptions options() {
            return transactional ? StageOptions.transactional() : StageOptions.DEFAULT;
        }

        @Override
        public None execute(StageContext context, None input) {
            return None.NONE;
        }
    }
}
