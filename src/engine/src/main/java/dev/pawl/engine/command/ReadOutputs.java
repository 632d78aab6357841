package dev.pawl.engine.command;

import dev.pawl.engine.model.Payload;
import dev.pawl.engine.model.RunId;
import java.util.Map;

/** What the completed steps of a run put out. */
public record ReadOutputs(RunId run) implements Command<ReadOutputs.Outputs> {

    /** @param byStep in the order of the steps */
    public record Outputs(Map<String, Payload> byStep) {}

    @Override
    public String type() {
        return "run.readOutputs";
    }

    @Override
    public Class<Outputs> resultType() {
        return Outputs.class;
    }
}
