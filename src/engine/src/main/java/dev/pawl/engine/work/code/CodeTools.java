package dev.pawl.engine.work.code;

import dev.pawl.engine.ai.AiCalls;
import dev.pawl.engine.port.Chance;
import dev.pawl.engine.port.Clock;
import dev.pawl.engine.work.Payloads;
import dev.pawl.engine.work.limit.StepGates;
import java.util.concurrent.Executor;

/**
 * What executions of durable code work with.
 *
 * @param executor threads for the branches of forks
 * @param ai the way of steps to the models
 * @param gates between steps with policies and their code
 */
public record CodeTools(
        Payloads payloads,
        Clock clock,
        Chance chance,
        Executor executor,
        StepCalls stepCalls,
        AiCalls ai,
        StepGates gates) {}
