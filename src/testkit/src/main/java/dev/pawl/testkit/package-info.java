/**
 * The engine in a unit test: {@link dev.pawl.testkit.TestEngine} for authors of workflows, and what it is made of for
 * those who test the engine itself. The in-memory store is in {@code memory}, what every store must keep to in {@code
 * contract}.
 *
 * <p>Nothing here is meant for production. Read {@link dev.pawl.testkit.TestEngine} first.
 */
@NullMarked
package dev.pawl.testkit;

import org.jspecify.annotations.NullMarked;
