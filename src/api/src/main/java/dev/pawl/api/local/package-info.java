/**
 * How code of the same application drives the engine: beans that are injected, called inside the caller's own JTA
 * transaction, and take part in it. What they begin is there when that transaction commits, and was never there when it
 * rolls back; outside a transaction each call is its own.
 *
 * <p>Nothing here says how work is defined; that is {@code dev.pawl.api}. Read {@link dev.pawl.api.local.Workflows} first.
 */
@NullMarked
package dev.pawl.api.local;

import org.jspecify.annotations.NullMarked;
