/**
 * Other engines and ours in turn, at the same work on the same database server, so that ratios come from one run. Each engine
 * is a process of its own; what it costs is read off from outside, alike for all.
 *
 * <p>Read {@link dev.pawl.bench.peer.Contest} first.
 */
@NullMarked
package dev.pawl.bench.peer;

import org.jspecify.annotations.NullMarked;
