/**
 * How a server does its share of the work: takes steps, executes user code, reports; keeps leases; relays events.
 *
 * <p>User code runs here and nowhere else. Threads come from the container. Read {@link dev.pawl.engine.work.StepWorker}
 * first.
 */
@NullMarked
package dev.pawl.engine.work;

import org.jspecify.annotations.NullMarked;
