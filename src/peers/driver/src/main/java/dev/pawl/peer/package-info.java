/**
 * What other engines are driven by, each in a process of its own: clients inside that process, the count of what its steps did,
 * and the line on which the benchmark asks for work. Each engine's adapter is in a module of its own, because their libraries
 * do not fit on one class path. Nothing is measured here but time; the benchmark reads the counters from outside.
 *
 * <p>Read {@link dev.pawl.peer.Peer} first.
 */
@NullMarked
package dev.pawl.peer;

import org.jspecify.annotations.NullMarked;
