package dev.pawl.engine.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.engine.model.RunId;

/** Brings an instance of a state machine into being, in the machine's initial state. */
public record StartMachine(String machine, String instance, JsonNode data) implements Command<StartMachine.Instance> {

    /**
     * Where an instance stands.
     *
     * @param run holds the instance's history
     * @param from the state before, the same where nothing moved
     */
    public record Instance(RunId run, String machine, String instance, String from, String state, JsonNode data) {}

    @Override
    public String type() {
        return "machine.start";
    }

    @Override
    public Class<Instance> resultType() {
        return Instance.class;
    }
}
