/**
 * What the Manifest runtime needs from its host: one unit of work per command, and in it the instances, the idempotency
 * records, the event log and the rate limits; a clock and ids.
 *
 * <p>Interfaces and the values that cross them. No rule of the language is decided here. Everything one command does
 * goes through one {@link dev.pawl.manifest.runtime.port.EntityUnitOfWork}, so that an adapter can keep it in one
 * transaction; calls are few and take lists, so that a command without relationships costs a database an idempotency
 * insert and update, one select, one update and the inserts of its events.
 *
 * <p>Read first: {@link dev.pawl.manifest.runtime.port.EntityTransactions}.
 */
@NullMarked
package dev.pawl.manifest.runtime.port;

import org.jspecify.annotations.NullMarked;
