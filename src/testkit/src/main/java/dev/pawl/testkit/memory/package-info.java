/**
 * The engine's stores in memory, with transactions that lock, isolate and roll back as a database does. For tests; what
 * they hold is gone with the process.
 *
 * <p>Read {@link dev.pawl.testkit.memory.InMemoryDatabase} first.
 */
@NullMarked
package dev.pawl.testkit.memory;

import org.jspecify.annotations.NullMarked;
