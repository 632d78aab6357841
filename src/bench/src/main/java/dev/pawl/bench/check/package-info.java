/**
 * What makes a figure count: every run is there, complete, with its whole history. A figure whose runs fail here is not
 * printed as one.
 *
 * <p>Read {@link dev.pawl.bench.check.CheckCompleteness}.
 */
@NullMarked
package dev.pawl.bench.check;

import org.jspecify.annotations.NullMarked;
