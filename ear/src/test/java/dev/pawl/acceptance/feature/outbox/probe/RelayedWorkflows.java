package dev.pawl.acceptance.feature.outbox.probe;

import dev.pawl.acceptance.feature.probe.Gates;
import dev.pawl.api.Pipeline;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.api.WorkflowSource;
import java.util.List;

/** One stage, which stands at the gate its input names, if it names one. */
public class RelayedWorkflows implements WorkflowSource {

    public record Text(String value) {}

    @Override
    public List<Pipeline<?, ?>> workflows() {
        return List.of(Pipeline.named("relayed", Text.class).then(new Only()).build());
    }

    static final class Only implements Stage<Text, Text> {
        @Override
        public Text execute(StageContext context, Text input) throws Exception {
            if (!input.value().isEmpty()) {
                Gates.await(input.value());
            }
            return input;
        }
    }
}
