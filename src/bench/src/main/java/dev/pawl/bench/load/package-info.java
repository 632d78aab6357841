/**
 * Clients that start runs as remote programs do, and the times they see.
 *
 * <p>Read {@link dev.pawl.bench.load.RestClients} first.
 */
@NullMarked
package dev.pawl.bench.load;

import org.jspecify.annotations.NullMarked;
