package dev.pawl.engine.command;

import com.fasterxml.jackson.databind.JsonNode;

/** Sends an event to an instance of a state machine. */
public record SendEvent(String machine, String instance, String event, JsonNode payload)
        implements Command<StartMachine.Instance> {

    @Override
    public String type() {
        return "machine.event";
    }

    @Override
    public Class<StartMachine.Instance> resultType() {
        return StartMachine.Instance.class;
    }
}
