/**
 * What the engine knows: runs, their steps, leases and payloads, and which changes are allowed.
 *
 * <p>No storage, transport or clock belongs here. Read {@link dev.pawl.engine.model.Run} first.
 */
@NullMarked
package dev.pawl.engine.model;

import org.jspecify.annotations.NullMarked;
