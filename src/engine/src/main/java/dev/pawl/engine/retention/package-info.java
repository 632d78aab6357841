/**
 * How long things are kept, and how what is older goes. Read {@link dev.pawl.engine.retention.Retention} first.
 *
 * <p>Only finished runs and what nobody refers to any more is removed here; what belongs to a run that goes is told by
 * {@link dev.pawl.engine.port.Attached}.
 */
@NullMarked
package dev.pawl.engine.retention;

import org.jspecify.annotations.NullMarked;
