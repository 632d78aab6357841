/**
 * What each command does: one handler per command, reading top to bottom as load, decide, change, record.
 *
 * <p>Handlers write through a {@link dev.pawl.engine.handler.UnitOfWork}, know nothing of transactions and call no user
 * code. A handler refuses before it changes anything. Read {@link dev.pawl.engine.handler.Kernel} first.
 */
@NullMarked
package dev.pawl.engine.handler;

import org.jspecify.annotations.NullMarked;
