package dev.pawl.engine.work;

import dev.pawl.engine.ai.AiCalls;
import dev.pawl.engine.port.Tracing;

/**
 * What running user code reaches beside its own run.
 *
 * @param ai the way to the models
 * @param artifacts of all runs
 * @param tracing where the code's own calls join their run's trace
 */
public record StageServices(AiCalls ai, ArtifactStore artifacts, Tracing tracing) {}
