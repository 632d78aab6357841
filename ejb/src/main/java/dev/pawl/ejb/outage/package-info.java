/**
 * What happens while the database is away: it is told once, whoever notices it first, and what failed for that reason is
 * thrown as {@link dev.pawl.engine.port.StoreUnavailableException}.
 */
@NullMarked
package dev.pawl.ejb.outage;

import org.jspecify.annotations.NullMarked;
