/**
 * The beans behind {@code dev.pawl.api.local}: they make engine commands of calls by other beans of the application, inside
 * the caller's transaction where there is one.
 *
 * <p>What a command does is decided in the engine. Read {@link dev.pawl.ejb.local.SendCommand} first.
 */
@NullMarked
package dev.pawl.ejb.local;

import org.jspecify.annotations.NullMarked;
