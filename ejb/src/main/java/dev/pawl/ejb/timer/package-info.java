/**
 * What happens by itself: the start and stop of the engine and its timers.
 *
 * <p>Timers are not persistent and run on every server; what must happen once is decided by the database.
 */
@NullMarked
package dev.pawl.ejb.timer;

import org.jspecify.annotations.NullMarked;
