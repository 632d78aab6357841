/**
 * How each way to define work is understood: pure functions from a definition and what has happened to what comes next.
 *
 * <p>Nothing here reads or writes a store. Read {@link dev.pawl.engine.interpret.PipelineInterpreter} first.
 */
@NullMarked
package dev.pawl.engine.interpret;

import org.jspecify.annotations.NullMarked;
