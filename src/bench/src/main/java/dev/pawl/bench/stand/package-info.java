/**
 * The processes that are measured: PostgreSQL with fsync on and the built server, each with folders and ports of its own. What
 * is read off them belongs to {@code measure}.
 *
 * <p>Read {@link dev.pawl.bench.stand.Stand}.
 */
@NullMarked
package dev.pawl.bench.stand;

import org.jspecify.annotations.NullMarked;
