package dev.pawl.engine.work.limit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.api.flow.StepPolicies;
import dev.pawl.engine.model.RunHeader;
import java.util.function.Supplier;

/**
 * A step that wants to call its code.
 *
 * @param step whose run is to be told when there is room, as the run knows it
 * @param holder names this call among all, and alike whenever it asks again
 * @param name what policies without a name are named after
 * @param input what keys and cached results go by
 * @param hasWaited whether it was asked to wait before, and may have a place since
 */
public record GateCall(
        RunHeader run,
        String step,
        String holder,
        String name,
        StepPolicies policies,
        Supplier<JsonNode> input,
        boolean hasWaited) {}
