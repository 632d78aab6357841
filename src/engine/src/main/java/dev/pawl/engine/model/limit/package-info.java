/**
 * What is kept of flow control: tickets, and the lanes they wait in; circuit breakers; cached results. Values alone: what
 * follows from them is decided by handlers. Read {@link dev.pawl.engine.model.limit.Ticket} first.
 */
@NullMarked
package dev.pawl.engine.model.limit;

import org.jspecify.annotations.NullMarked;
