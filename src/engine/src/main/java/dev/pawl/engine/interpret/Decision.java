package dev.pawl.engine.interpret;

import dev.pawl.engine.model.StepState;
import java.util.List;

/** What comes next in a run. */
public sealed interface Decision {

    /** The open steps have to end first. */
    record Wait() implements Decision {}

    /** These steps of the open group had no place so far, and have one now. */
    record LetIn(List<String> stepIds) implements Decision {
        public LetIn {
            stepIds = List.copyOf(stepIds);
        }
    }

    /** These steps are opened. */
    record Open(int group, List<StepState> steps) implements Decision {
        public Open {
            steps = List.copyOf(steps);
        }
    }

    /** The run is complete: its output is that of this step. */
    record CompleteWith(String stepId) implements Decision {}

    /** The run is complete: its output is a map of these steps' outputs, in this order. */
    record CompleteWithAll(List<String> stepIds) implements Decision {
        public CompleteWithAll {
            stepIds = List.copyOf(stepIds);
        }
    }
}
