/** A sink and listeners that fail when a test tells them to, and a workflow to make events. */
@NullMarked
package dev.pawl.acceptance.feature.outbox.probe;

import org.jspecify.annotations.NullMarked;
