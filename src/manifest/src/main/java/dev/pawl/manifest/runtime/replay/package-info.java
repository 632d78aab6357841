/**
 * Replaying recorded commands on an empty store, deterministically, and comparing what they did with what they did then.
 *
 * <p>Where records come from is the host's business.
 *
 * <p>Read first: {@link dev.pawl.manifest.runtime.replay.ReplayCommands}.
 */
@NullMarked
package dev.pawl.manifest.runtime.replay;

import org.jspecify.annotations.NullMarked;
