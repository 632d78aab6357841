package dev.pawl.engine.interpret;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;

/**
 * Where an instance of a state machine stands; kept as the progress of its step, so that it is seen wherever runs are.
 *
 * @param since when it came into the state
 */
public record MachineState(String instance, String state, Instant since, JsonNode data) {}
