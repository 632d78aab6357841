/**
 * Calls of models on behalf of stages: which model and provider a name means, whether an answer is what was asked for, and
 * how each call is recorded.
 *
 * <p>No provider's protocol belongs here; adapters of {@link dev.pawl.engine.ai.AiProvider} speak those. Read {@link
 * dev.pawl.engine.ai.StepAi} first.
 */
@NullMarked
package dev.pawl.engine.ai;

import org.jspecify.annotations.NullMarked;
