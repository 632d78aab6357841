package dev.pawl.engine.work;

import dev.pawl.engine.ai.AiCalls;

/**
 * What running user code reaches beside its own run.
 *
 * @param ai the way to the models
 * @param artifacts of all runs
 */
public record StageServices(AiCalls ai, ArtifactStore artifacts) {}
