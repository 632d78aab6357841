/**
 * What work costs: statements, transactions, log volume, processor time and messages, read before and after. It knows nothing
 * of the work itself.
 *
 * <p>Read {@link dev.pawl.bench.measure.Meter} first.
 */
@NullMarked
package dev.pawl.bench.measure;

import org.jspecify.annotations.NullMarked;
