package dev.pawl.web;

import dev.pawl.api.Pipeline;
import dev.pawl.api.Stage;
import dev.pawl.api.StageContext;
import dev.pawl.engine.interpret.PipelineDefinition;

/** A workflow of one stage. */
final class Greeting implements Stage<Greeting.Name, Greeting.Text> {

    static final PipelineDefinition DEFINITION = new PipelineDefinition(Pipeline.named("greet", Name.class)
            .describedAs("Greets somebody")
            .then(new Greeting())
            .build());

    record Name(String name) {}

    record Text(String text) {}

    @Override
    public Text execute(StageContext context, Name input) {
        return new Text("Hello " + input.name());
    }
}
