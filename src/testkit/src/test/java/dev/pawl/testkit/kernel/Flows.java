package dev.pawl.testkit.kernel;

import dev.pawl.api.Pipeline;
import dev.pawl.api.StageOutputs;
import dev.pawl.engine.command.CreateRun;
import dev.pawl.engine.json.JsonCodec;

/** Workflows the tests share. */
final class Flows {

    static final Text HELLO = new Text("hello");

    private Flows() {}

    static Pipeline<Text, Text> line(String id, TextStage... stages) {
        Pipeline.Builder<Text, Text> builder = Pipeline.named(id, Text.class);
        for (TextStage stage : stages) {
            builder = builder.then(stage);
        }
        return builder.build();
    }

    static Pipeline<Text, Text> line(String id, String... stages) {
        Pipeline.Builder<Text, Text> builder = Pipeline.named(id, Text.class);
        for (String stage : stages) {
            builder = builder.then(TextStage.append(stage));
        }
        return builder.build();
    }

    static Pipeline<Text, StageOutputs> group(String id, TextStage... stages) {
        return Pipeline.named(id, Text.class).parallel(stages).build();
    }

    static CreateRun create(String workflow) {
        return CreateRun.of(workflow, JsonCodec.toTree(HELLO));
    }

    static CreateRun create(String workflow, int priority) {
        return new CreateRun(workflow, null, JsonCodec.toTree(HELLO), null, priority, null, null);
    }
}
