/**
 * What is run: workflows that do nothing, so that what is left is the engine's own cost, each with the events a complete run of
 * it has. These classes travel into the server; nothing else of the benchmark does, and nothing here refers to the rest.
 *
 * <p>Read {@link dev.pawl.bench.pipeline.NoOpPipelines}.
 */
@NullMarked
package dev.pawl.bench.pipeline;

import org.jspecify.annotations.NullMarked;
