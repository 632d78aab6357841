/**
 * What can be asked of the engine: one record per command with its result, and how a command is sent and answered.
 *
 * <p>What a command does stands in its handler of the same stem in {@code dev.pawl.engine.handler}. Read {@link
 * dev.pawl.engine.command.CommandBus} first.
 */
@NullMarked
package dev.pawl.engine.command;

import org.jspecify.annotations.NullMarked;
