/** Machines to send events to. */
@NullMarked
package dev.pawl.acceptance.feature.machine.probe;

import org.jspecify.annotations.NullMarked;
