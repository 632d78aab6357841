/**
 * The protocols of AI providers, over LangChain4j where it speaks them. An application that does without this module has
 * no AI models.
 *
 * <p>What is recorded and what it costs does not belong here; the engine knows that. Read {@link
 * dev.pawl.ai.OpenAiProvider} first.
 */
@NullMarked
package dev.pawl.ai;

import org.jspecify.annotations.NullMarked;
