/**
 * The queues of commands and of events from outside. A message is read, carried out and answered in one JTA transaction;
 * what cannot be carried out becomes a dead letter in that same transaction, so that no message comes back for ever.
 *
 * <p>Read {@link dev.pawl.jms.command.DecideCommand} first.
 */
@NullMarked
package dev.pawl.jms.command;

import org.jspecify.annotations.NullMarked;
