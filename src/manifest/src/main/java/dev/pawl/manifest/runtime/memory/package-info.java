/**
 * The ports of the runtime in memory: for tests, samples, replays and entities whose store is {@code memory}.
 *
 * <p>One lock makes every unit of work serial; a failed one is undone step by step.
 *
 * <p>Read first: {@link dev.pawl.manifest.runtime.memory.InMemoryEntities}.
 */
@NullMarked
package dev.pawl.manifest.runtime.memory;

import org.jspecify.annotations.NullMarked;
