/**
 * How work reaches a worker: a bell that sends few messages for many rings, and the listener that hears them. A message says
 * where to look; the database decides.
 *
 * <p>Read {@link dev.pawl.jms.work.JmsDoorbell} first.
 */
@NullMarked
package dev.pawl.jms.work;

import org.jspecify.annotations.NullMarked;
